"""The handler: an order in, the reports that were made out."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from contracts.report import Report
from contracts.report_list import ReportSummary
from drift_report.orders import order_of
from drift_report.parts import here
from drift_report.run import reported, subjects

logger = Logger()
metrics = Metrics()


class ReportsFailed(Exception):
    """Some reports could not be made; each says why in its place."""


def handler(event: dict[str, Any], _context: object = None) -> dict[str, Any]:
    """Make the reports that are asked for or due, oldest first, a bounded number. Raises ReportsFailed at the end."""
    parts = here()
    wanted = subjects(parts, order_of(event))
    made = [_told(reported(parts, subject)) for subject in wanted[: parts.settings.max_windows]]
    left = len(wanted) - len(made)
    metrics.add_metric("WindowsLeft", MetricUnit.Count, left)
    metrics.flush_metrics()
    _raise_if_failed(made)
    summaries = [ReportSummary.of(report).model_dump(mode="json") for report in made]
    return {"reports": summaries, "left": left}


def _told(report: Report) -> Report:
    logger.info("report made", report=ReportSummary.of(report).model_dump(mode="json"))
    if report.evidently.status == "failed":
        logger.warning("Evidently did not draw", report_id=report.report_id, note=report.evidently.note)
    metrics.add_metric("ReportsFailed" if report.status == "failed" else "ReportsMade", MetricUnit.Count, 1)
    return report


def _raise_if_failed(made: list[Report]) -> None:
    failures = [report.sentences[0] for report in made if report.status == "failed"]
    if failures:
        raise ReportsFailed(" ".join(failures))
