"""Readings of a report's errors: how large, to which side, why, for whom, and what could be known before labels."""

from collections.abc import Iterator, Mapping

from contracts.alert_rules import Cause
from contracts.alerts import Subject
from contracts.error_watch import Side
from contracts.findings import Performance
from contracts.report import Report
from monitoring.alerts.reading import Reading, exact, less, of_estimate, sized

LEANS: Mapping[Side | None, str] = {"long": "answers too long", "short": "answers too short"}
CAUSES: Mapping[str | None, Cause] = {
    "concept": "concept",
    "covariate": "covariate",
    "both": "concept and covariate",
}


def error_watch(report: Report) -> Iterator[Reading]:
    """Read whether the watch over errors is open: 1 or 0."""
    watch = report.watch
    if watch and watch.status == "ok":
        began = f"{watch.began:%Y-%m-%d %H:%M} UTC" if watch.began else "some time ago"
        cause = CAUSES.get(watch.cause) or _cause(report)
        reading = exact(watch.is_open, watch.rows)._replace(lean=LEANS.get(watch.side, ""), cause=cause)
        yield reading._replace(detail=began, announced=_announced(report), since=watch.opened_at)


def mae(report: Report) -> Iterator[Reading]:
    """Read the mean absolute error."""
    told = report.performance
    for reading in of_estimate(told.mae, told.judged):
        yield reading._replace(lean=_lean(told), cause=_cause(report))


def bias(report: Report) -> Iterator[Reading]:
    """Read the mean error: positive where answers are too long."""
    for reading in of_estimate(report.performance.bias, report.performance.judged):
        yield reading._replace(cause=_cause(report))


def skill(report: Report) -> Iterator[Reading]:
    """Read by how much the model errs less than the fallback."""
    yield from of_estimate(report.performance.skill, report.performance.judged)


def expected_error(report: Report) -> Iterator[Reading]:
    """Read the mean error that was expected before any label."""
    yield from of_estimate(report.before_labels.estimated if report.before_labels else None, report.volume.predictions)


def interval_coverage(report: Report) -> Iterator[Reading]:
    """Read how often actuals lie within the intervals of their predictions."""
    yield from of_estimate(report.before_labels.coverage if report.before_labels else None, report.performance.judged)


def weak_segment(report: Report) -> Iterator[Reading]:
    """Read the segments that were found weak: minutes beyond what is expected there."""
    for found in report.weak_segments:
        subject = Subject(kind="segment", name=found.segment_id)
        for reading in of_estimate(found.excess, found.rows, subject):
            yield reading._replace(lean=LEANS.get(found.side, ""), reference=found.expected)


def fairness_gap(report: Report) -> Iterator[Reading]:
    """Read how much farther from all rows a flagged group is than the reference's was.

    That longer rides are missed by more is no wrong: how large a group's errors are is told on the page alone.
    """
    for gap in (each for each in report.fairness if each.measure != "mae_ratio"):
        subject, usual = Subject(kind="segment", name=f"{gap.family}: {gap.group}, {gap.measure}"), gap.gap.reference
        then = "" if usual is None else f" ({usual:+.2f} in the reference)"
        detail = f"{gap.gap.value:+.2f} beside all rides{then}"
        for reading in of_estimate(gap.gap, gap.rows, subject):
            yield sized(less(reading, usual or 0.0))._replace(verdict=gap.flagged, detail=detail)


def nothing_weak(report: Report, subject: Subject) -> Reading | None:
    """Read of a segment that a report does not name that it is not weak, if the report could tell."""
    judged = report.performance.status == "ok"
    return exact(0, report.performance.judged, subject)._replace(reference=0.0) if judged else None


def _announced(report: Report) -> str:
    """Say which error was to be expected by what was asked, with a space before it."""
    estimated = report.watch.estimated if report.watch else None
    if estimated is None and report.before_labels:
        estimated = report.before_labels.estimated
    if estimated is None or estimated.reference is None:
        return ""
    usual = f"{estimated.reference:.1f} in the reference"
    return f" By what was asked, {estimated.value:.1f} minutes were to be expected, {usual}."


def _cause(report: Report) -> Cause | None:
    return CAUSES.get(report.before_labels.cause) if report.before_labels else None


def _lean(performance: Performance) -> str:
    """Say to which side answers lean more than the reference's did, if the interval shows it."""
    bias = performance.bias
    usual = bias.reference or 0.0 if bias else 0.0
    low, high = (bias.low, bias.high) if bias else (None, None)
    if low is not None and low > usual:
        return LEANS["long"]
    return LEANS["short"] if high is not None and high < usual else ""
