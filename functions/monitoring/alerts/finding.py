"""What the alert rules find in the last windows of a model version."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import isfinite
from typing import NamedTuple

from contracts.alert_rules import AlertRule
from contracts.alerts import Acceptance, AlertKey, Evidence, Subject
from contracts.report import Report
from monitoring.alerts.error_readings import nothing_weak
from monitoring.alerts.reading import Reading
from monitoring.alerts.readings import LISTED, OF_THE_MOMENT
from monitoring.alerts.tickets import Hypothesis, Readings, distances, fallen, judged

TOGETHER = 3
"""Windows whose evidence for a ticket is taken together."""


class Seen(NamedTuple):
    """A reading of one window, whether it is beyond its rule's limit, and whether it stands there within the budget."""

    report: Report
    reading: Reading
    beyond: bool
    stands: bool


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
        """Tell whether they are enough for an alert to open: one of them must stand within the budget."""
        return self.fired >= self.rule.fired and any(each.stands for each in self.seen)

    @property
    def shown(self) -> Seen:
        """Give the window to show: the last one beyond the limit, if there is one, else the last one."""
        return next((each for each in reversed(self.seen) if each.beyond), self.seen[-1])

    @property
    def key(self) -> AlertKey:
        """Give what tells its alert from others."""
        report, reading, *_ = self.shown
        version, kind = report.model_version, report.window.kind
        return AlertKey(rule=self.rule.name, model_version=version, window_kind=kind, subject=reading.subject)

    @property
    def evidence(self) -> Evidence:
        """Give the numbers of the window to show."""
        report, reading, *_ = self.shown
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
    rules: Sequence[AlertRule],
    reports: Sequence[Report],
    acceptances: Sequence[Acceptance] = (),
    ticket_level: float = 1.0,
) -> tuple[Verdict, ...]:
    """Judge the windows of one kind and one model version, the oldest first, by the rules of that kind.

    `ticket_level` bounds the chance that a window in which nothing is wrong shows any ticket. A subject that no window
    could judge has no verdict: its alert stays as it is.
    """
    readings = {report.report_id: judged(rules, report) for report in reports}
    judging = Judging(acceptances, readings, Tickets(rules, readings, ticket_level))
    return tuple(verdict for rule in rules for verdict in _verdicts(rule, reports, judging))


class Tickets(dict[str, frozenset[Hypothesis]]):
    """What may be a ticket, by report; found out once for each report that is asked about."""

    def __init__(self, rules: Sequence[AlertRule], readings: Mapping[str, Readings], ticket_level: float) -> None:
        super().__init__()
        self._rules, self._readings, self._level = rules, readings, ticket_level

    def __missing__(self, report_id: str) -> frozenset[Hypothesis]:
        """Weigh the report together with those before it."""
        reports = list(self._readings)
        end = reports.index(report_id) + 1
        lately = (self._readings[each] for each in reports[max(end - TOGETHER, 0) : end])
        self[report_id] = fallen([distances(self._rules, readings) for readings in lately], self._level)
        return self[report_id]


class Judging(NamedTuple):
    """What readings are judged with beside their rule."""

    acceptances: Sequence[Acceptance]
    readings: Mapping[str, Readings]
    """By report, the oldest first."""
    tickets: Tickets


def _verdicts(rule: AlertRule, reports: Sequence[Report], judging: Judging) -> Iterator[Verdict]:
    told = [(report, judging.readings[report.report_id][rule.name]) for report in _in_order(rule, reports)]
    for subject in dict.fromkeys(subject for _, readings in told for subject in readings):
        found = ((report, _reading(rule, report, readings, subject)) for report, readings in reversed(told))
        lately = islice(((report, reading) for report, reading in found if reading), rule.judged)
        seen = [_seen(rule, report, reading, judging) for report, reading in lately]
        yield Verdict(rule, tuple(reversed(seen)))


def _in_order(rule: AlertRule, reports: Sequence[Report]) -> list[Report]:
    """Put the reports of the rule's kind of window in the order in which what it looks at came about."""
    by_time = sorted(reports, key=lambda report: report.as_of) if rule.measure in OF_THE_MOMENT else reports
    return [report for report in by_time if report.window.kind == rule.window]


def _reading(rule: AlertRule, report: Report, readings: Mapping[Subject, Reading], subject: Subject) -> Reading | None:
    return readings.get(subject) or (nothing_weak(report, subject) if rule.measure in LISTED else None)


def _seen(rule: AlertRule, report: Report, reading: Reading, judging: Judging) -> Seen:
    covering = [acceptance for acceptance in judging.acceptances if _covers(acceptance, rule, reading.subject)]
    beyond = _is_beyond(rule, reading) and not any(_is_of_old(report, acceptance) for acceptance in covering)
    return Seen(report, reading, beyond, beyond and _stands(rule, report, reading, judging))


def _stands(rule: AlertRule, report: Report, reading: Reading, judging: Judging) -> bool:
    """Tell whether it is a page, or a ticket within the budget."""
    return rule.severity == "page" or Hypothesis(rule.name, reading.subject) in judging.tickets[report.report_id]


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
