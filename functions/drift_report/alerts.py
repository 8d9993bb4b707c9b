"""Alerts of a run: judged by the rules after each report, and kept with what is to be sent of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from contracts.alerts import Alert, Channel, Delivery, Transition
from contracts.base import ModelVersion
from contracts.report import Report
from contracts.window import WindowKind
from drift_report.due import Subject
from drift_report.parts import Parts
from monitoring.alerts.finding import Verdict, evaluate
from monitoring.alerts.transitions import daily_test, ended, transitions
from monitoring.watch.false_alarms import ticket_level
from rides.alert_rules import RULES, TEST

SPANS: dict[WindowKind, timedelta] = {"hour": timedelta(days=3), "day": timedelta(days=30)}
"""How far back from the last window of a kind rules look for windows that could be judged: labels may be late."""
REPORTS_A_MONTH: dict[WindowKind, float] = {"hour": 730.5, "day": 30.44}
RULE_NAMES = frozenset(rule.name for rule in RULES)


class Series(NamedTuple):
    """The windows of one kind of one model version."""

    model_version: ModelVersion
    kind: WindowKind


def series_of(subjects: Iterable[Subject]) -> set[Series]:
    """Name the series that windows are of; a chosen window is of none."""
    return {Series(each.model_version, each.window.kind) for each in subjects if each.window.kind in SPANS}


def catch_up(parts: Parts, wanted: Iterable[Subject]) -> list[Transition]:
    """Judge before anything is reported: what the last run failed to judge, what a person has said since.

    Raises StoreUnavailable, ObjectCorrupt.
    """
    there = parts.alerting.alerts.open()
    known = {Series(alert.model_version, alert.window_kind) for alert in there if alert.model_version}
    return [found for series in sorted(known | series_of(wanted)) for found in judge(parts, series)]


def judge(parts: Parts, series: Series) -> list[Transition]:
    """Judge the last windows of a series and keep what is new. Raises StoreUnavailable, ObjectCorrupt."""
    alerting, now = parts.alerting, parts.clock()
    reports = alerting.series.last(series.model_version, series.kind, SPANS[series.kind])
    if not reports:
        return []
    level = ticket_level(parts.settings.false_tickets, REPORTS_A_MONTH[series.kind])
    verdicts = evaluate(RULES, reports, alerting.acceptances.holding(series.model_version), level)
    there = alerting.alerts.open()
    found = transitions(there, verdicts, alerting.silences.holding(now), now)
    return _kept(parts, [*found, *_over(parts, there, reports[-1], now), *_unjudged(there, verdicts, reports, now)])


def daily_alert(parts: Parts) -> list[Transition]:
    """Make the test alert of the day, by the database's clock, if it is not there yet. Raises StoreUnavailable."""
    now = parts.clock()
    return _kept(parts, [daily_test(TEST, now.date().isoformat(), now)])


def _over(parts: Parts, there: Iterable[Alert], last: Report, now: datetime) -> Iterator[Transition]:
    """End the alerts of rules that are no more, and of versions that answered nothing while this one did."""
    for alert in there:
        if alert.rule not in RULE_NAMES:
            yield ended(alert, "rule_removed", now)
        elif _is_replaced(parts, alert, last):
            yield ended(alert, "replaced", now)


def _unjudged(
    there: Iterable[Alert], verdicts: Iterable[Verdict], reports: Sequence[Report], now: datetime
) -> Iterator[Transition]:
    """End the alerts of a series of which nothing can be said any more, for so long as rules look back.

    Either no window of that span could be judged, by event time, or no report was made, by the server's.
    """
    last = reports[-1]
    series, span = Series(last.model_version, last.window.kind), SPANS[last.window.kind]
    reported = max(report.as_of for report in reports)
    judged = [verdict.key for verdict in verdicts]
    for alert in there:
        is_silent = now - max(reported, alert.updated_at) > span
        is_past = alert.evidence is not None and alert.evidence.window.end <= last.window.end - span
        if (alert.model_version, alert.window_kind) == series and (is_silent or (is_past and alert.key not in judged)):
            yield ended(alert, "unjudged", now)


def _is_replaced(parts: Parts, alert: Alert, last: Report) -> bool:
    if alert.window_kind != last.window.kind or alert.model_version in {None, last.model_version}:
        return False
    end = parts.alerting.series.last_end(alert.model_version or "", alert.window_kind)
    return end is None or end <= last.window.start


def _kept(parts: Parts, found: Iterable[Transition]) -> list[Transition]:
    return [each for each in found if parts.alerting.alerts.change(each, list(_deliveries(each)))]


def _deliveries(transition: Transition) -> Iterator[Delivery]:
    """Say what is to be sent of a transition: to people not that an alert goes on."""
    channels: tuple[Channel, ...] = ("bus",) if transition.action == "updated" else ("topic", "bus")
    for channel in channels:
        name = f"{transition.transition_id}-{channel}"
        yield Delivery(delivery_id=name, channel=channel, transition=transition)
