"""What the alert rules find in the last windows of a model version."""

from collections.abc import Iterable, Iterator, Sequence
from math import isfinite
from typing import NamedTuple

from contracts.alert_rules import AlertRule
from contracts.alerts import Acceptance, AlertKey, Evidence, Subject
from contracts.report import Report
from monitoring.alerts.error_readings import nothing_weak
from monitoring.alerts.reading import Reading
from monitoring.alerts.readings import LISTED, OF_THE_MOMENT, readings_of


class Seen(NamedTuple):
    """A reading of one window, and whether it is beyond its rule's limit."""

    report: Report
    reading: Reading
    beyond: bool


class Verdict(NamedTuple):
    """What a rule finds of one subject in the last windows that could be judged, the oldest first."""

    rule: AlertRule
    seen: tuple[Seen, ...]

    @property
    def fired(self) -> int:
        """Count the windows that are beyond the limit."""
        return sum(each.beyond for each in self.seen)

    @property
    def firing(self) -> bool:
        """Tell whether they are enough for an alert to open."""
        return self.fired >= self.rule.fired

    @property
    def shown(self) -> Seen:
        """Give the window to show: the last one beyond the limit, if there is one, else the last one."""
        return next((each for each in reversed(self.seen) if each.beyond), self.seen[-1])

    @property
    def key(self) -> AlertKey:
        """Give what tells its alert from others."""
        report, reading, _ = self.shown
        version, kind = report.model_version, report.window.kind
        return AlertKey(rule=self.rule.name, model_version=version, window_kind=kind, subject=reading.subject)

    @property
    def evidence(self) -> Evidence:
        """Give the numbers of the window to show."""
        report, reading, _ = self.shown
        return Evidence(
            report_id=report.report_id,
            revision=report.revision,
            window=report.window,
            value=reading.value,
            low=_finite(reading.low),
            high=_finite(reading.high),
            reference=reading.reference,
            limit=self.rule.limit(reading.reference),
            fired=self.fired,
            judged=len(self.seen),
            rides=report.volume.predictions,
            labelled_rides=report.performance.labelled,
        )


def evaluate(
    rules: Iterable[AlertRule], reports: Sequence[Report], acceptances: Sequence[Acceptance] = ()
) -> tuple[Verdict, ...]:
    """Judge the windows of one kind and one model version, the oldest first, by the rules of that kind.

    A subject that no window could judge has no verdict: its alert stays as it is.
    """
    return tuple(verdict for rule in rules for verdict in _verdicts(rule, reports, acceptances))


def _verdicts(rule: AlertRule, reports: Sequence[Report], acceptances: Sequence[Acceptance]) -> Iterator[Verdict]:
    told = [(report, _judged(rule, report)) for report in _in_order(rule, reports)]
    for subject in dict.fromkeys(subject for _, readings in told for subject in readings):
        found = ((report, _reading(rule, report, readings, subject)) for report, readings in told)
        seen = [_seen(rule, report, reading, acceptances) for report, reading in found if reading]
        yield Verdict(rule, tuple(seen[-rule.judged :]))


def _in_order(rule: AlertRule, reports: Sequence[Report]) -> list[Report]:
    """Put the reports of the rule's kind of window in the order in which what it looks at came about."""
    by_time = sorted(reports, key=lambda report: report.as_of) if rule.measure in OF_THE_MOMENT else reports
    return [report for report in by_time if report.window.kind == rule.window]


def _judged(rule: AlertRule, report: Report) -> dict[Subject, Reading]:
    """Read what of a report can be judged by a rule."""
    readings = (reading for reading in readings_of(rule.measure, report) if reading.rows >= rule.least_rows)
    return {
        reading.subject: reading for reading in readings if not (rule.needs_reference and reading.reference is None)
    }


def _reading(rule: AlertRule, report: Report, readings: dict[Subject, Reading], subject: Subject) -> Reading | None:
    return readings.get(subject) or (nothing_weak(report, subject) if rule.measure in LISTED else None)


def _seen(rule: AlertRule, report: Report, reading: Reading, acceptances: Sequence[Acceptance]) -> Seen:
    covering = [acceptance for acceptance in acceptances if _covers(acceptance, rule, reading.subject)]
    beyond = _is_beyond(rule, reading) and not any(_is_of_old(report, acceptance) for acceptance in covering)
    return Seen(report, reading, beyond)


def _is_beyond(rule: AlertRule, reading: Reading) -> bool:
    limit = rule.limit(reading.reference)
    surely = reading.low > limit if rule.direction == "above" else reading.high < limit
    return surely and reading.verdict is not False


def _covers(acceptance: Acceptance, rule: AlertRule, subject: Subject) -> bool:
    """Tell whether a person called normal what a rule looks at: a column, or, of all columns, them together."""
    if rule.measure == "joint_drift":
        return acceptance.column is None
    return subject.kind == "column" and acceptance.covers(subject.name)


def _is_of_old(report: Report, acceptance: Acceptance) -> bool:
    """Tell whether a window is the accepted one, or lies before it: that is past."""
    return report.model_version == acceptance.model_version and report.window.end <= acceptance.window.end


def _finite(number: float) -> float | None:
    return number if isfinite(number) else None
