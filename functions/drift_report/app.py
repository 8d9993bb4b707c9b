"""The handler: an order in, the reports that were made out; alerts go beside them, and fail none."""

from collections.abc import Callable
from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from adapters.errors import AdapterError
from contracts.alerts import Transition
from contracts.report import Report
from contracts.report_list import ReportSummary
from drift_report.alerts import catch_up, daily_alert, judge, series_of
from drift_report.due import Subject
from drift_report.orders import Arrival, Schedule, order_of
from drift_report.parts import Parts, here
from drift_report.run import reported, subjects
from drift_report.sending import send

logger = Logger()
metrics = Metrics()


class ReportsFailed(Exception):
    """Some reports could not be made; each says why in its place."""


def handler(event: dict[str, Any], _context: object = None) -> dict[str, Any]:
    """Make the reports that are asked for or due, oldest first, a bounded number. Raises ReportsFailed at the end."""
    parts, order = here(), order_of(event)
    if isinstance(order, Arrival):
        return _arrived(parts, order)
    wanted = subjects(parts, order)
    _alert(parts, partial(catch_up, parts, wanted))
    made = [_made(parts, subject) for subject in wanted[: parts.settings.max_windows]]
    if isinstance(order, Schedule) and "day" in order.kinds:
        _alert(parts, partial(daily_alert, parts))
    left = len(wanted) - len(made)
    _count("WindowsLeft", left)
    metrics.flush_metrics()
    _raise_if_failed(made)
    summaries = [ReportSummary.of(report).model_dump(mode="json") for report in made]
    return {"reports": summaries, "left": left}


def _made(parts: Parts, subject: Subject) -> Report:
    report = _told(reported(parts, subject))
    for series in series_of([subject]):
        _alert(parts, partial(judge, parts, series))
    return report


def _told(report: Report) -> Report:
    logger.info("report made", report=ReportSummary.of(report).model_dump(mode="json"))
    if report.evidently.status == "failed":
        logger.warning("Evidently did not draw", report_id=report.report_id, note=report.evidently.note)
    _count("ReportsFailed" if report.status == "failed" else "ReportsMade", 1)
    return report


def _alert(parts: Parts, find: Callable[[], list[Transition]]) -> None:
    """Keep and send what is new; what goes wrong is the next run's to try again."""
    try:
        for transition in find():
            logger.info("alert", transition=transition.model_dump(mode="json"))
        sent, problems = send(parts)
    except AdapterError as error:
        sent, problems = (), (str(error),)
    for problem in problems:
        logger.error("alerts wait for the next run", problem=problem)
    _count("AlertsFailed", len(problems))
    _count("AlertsSent", sum(not delivery.transition.test for delivery in sent))
    _count("TestAlertsSent", sum(delivery.transition.test for delivery in sent))


def _arrived(parts: Parts, order: Arrival) -> dict[str, Any]:
    """Note that test alerts came back from the topic: it is all that such a call does. Raises StoreUnavailable."""
    found = [name for name in order.alert_ids if parts.alerting.alerts.arrived(name, parts.clock())]
    logger.info("test alert arrived", alert_ids=found)
    _count("TestAlertsArrived", len(found))
    metrics.flush_metrics()
    return {"arrived": found}


def _count(name: str, value: int) -> None:
    metrics.add_metric(name, MetricUnit.Count, value)


def _raise_if_failed(made: list[Report]) -> None:
    failures = [report.sentences[0] for report in made if report.status == "failed"]
    if failures:
        raise ReportsFailed(" ".join(failures))
