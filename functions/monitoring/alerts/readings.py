"""Readings of a report, by measure: what the alert rules can look at."""

from collections.abc import Callable, Iterator, Mapping

from contracts.alert_rules import Measure
from contracts.alerts import Subject
from contracts.findings import Rhythm
from contracts.report import Report
from monitoring.alerts.column_readings import (
    column_drift,
    missing_share,
    segment_contrast,
    unseen_share,
    unusable_column,
)
from monitoring.alerts.error_readings import (
    bias,
    error_watch,
    expected_error,
    fairness_gap,
    interval_coverage,
    mae,
    skill,
    weak_segment,
)
from monitoring.alerts.reading import Reading, exact, of_estimate, of_share
from monitoring.numeric.intervals import share_interval

OF_THE_MOMENT: frozenset[Measure] = frozenset({"error_watch"})
"""Not of the window: the report that was made last tells it."""
LISTED: frozenset[Measure] = frozenset({"weak_segment"})
"""Told only of what is beyond its limit: a report that judged errors and does not name a subject clears it."""
NAMED = 3
"""Columns that are named as those by which a window can be told from the reference."""


def readings_of(measure: Measure, report: Report) -> tuple[Reading, ...]:
    """Read a measure from a report: nothing where the report could not judge it."""
    return tuple(READERS[measure](report))


def _joint_drift(report: Report) -> Iterator[Reading]:
    joint = report.joint
    if joint and joint.drifted is not None:
        names = ", ".join(feature.name for feature in joint.features[:NAMED])
        for reading in of_estimate(joint.auc, report.volume.predictions):
            yield reading._replace(verdict=joint.drifted and not _is_accepted_as_a_whole(report), detail=names)


def _is_accepted_as_a_whole(report: Report) -> bool:
    """Tell whether one acceptance is of all features, and none has left it; those judged by weeks apart."""
    features = [column for column in report.columns if column.role == "feature" and column.cycle == "none"]
    ids = {column.accepted.acceptance_id if column.accepted and column.is_accepted else "" for column in features}
    return len(ids) == 1 and "" not in ids


def _check_share(report: Report) -> Iterator[Reading]:
    checks = (*report.quality.checks, report.quality.duplicates) if report.quality else ()
    for check in checks:
        for reading in of_estimate(check.share, check.rows, Subject(kind="check", name=check.name)):
            yield reading._replace(detail=check.meaning, reference=reading.reference or 0.0)


def _rejection_share(report: Report) -> Iterator[Reading]:
    rows = report.volume.predictions + report.volume.rejections
    yield from of_estimate(report.quality.rejection_share if report.quality else None, rows)


def _fallback_share(report: Report) -> Iterator[Reading]:
    rows = report.volume.predictions
    yield from of_share(share_interval(report.volume.fallbacks, rows), rows, None)


def _older_model(report: Report) -> Iterator[Reading]:
    """Read how wrong the version is out of sample, beside the later one that answered before: 0 where there is none."""
    better, rows = report.better, report.volume.predictions
    if report.status == "failed":
        return
    if better is None:
        yield exact(0, rows)._replace(reference=0.0)
        return
    detail = (
        f"{report.model_version} answers again, and {better.version} did until {better.answered_until:%Y-%m-%d %H:%M}"
    )
    yield exact(better.own_mae, rows)._replace(reference=better.mae, detail=f"{detail} UTC")


def _volume(report: Report) -> Iterator[Reading]:
    rhythm = _rhythm(report)
    if rhythm and rhythm.expected:
        usual = rhythm.expected.value
        yield exact(rhythm.rows, round(usual))._replace(reference=usual, verdict=rhythm.unusual)


def _silent_hours(report: Report) -> Iterator[Reading]:
    rhythm = _rhythm(report)
    if rhythm:
        yield exact(rhythm.silent_hours, rhythm.rows)


def _rhythm(report: Report) -> Rhythm | None:
    """Give what the window's volume is beside earlier weeks', where there are any."""
    return report.quality.rhythm if report.quality and report.quality.rhythm.status == "ok" else None


def _label_coverage(report: Report) -> Iterator[Reading]:
    """Read the labelled share once most labels should have come, and not before."""
    told, rows = report.performance, report.volume.predictions
    if told.mature_at and told.mature_at <= report.as_of and rows:
        yield exact(told.coverage, rows)


def _failed_report(report: Report) -> Iterator[Reading]:
    failed = report.status == "failed"
    yield exact(failed, report.volume.predictions)._replace(detail=report.performance.note if failed else "")


def _none(_: Report) -> Iterator[Reading]:
    yield from ()


READERS: Mapping[Measure, Callable[[Report], Iterator[Reading]]] = {
    "error_watch": error_watch,
    "mae": mae,
    "bias": bias,
    "skill": skill,
    "expected_error": expected_error,
    "interval_coverage": interval_coverage,
    "weak_segment": weak_segment,
    "segment_contrast": segment_contrast,
    "fairness_gap": fairness_gap,
    "column_drift": column_drift,
    "joint_drift": _joint_drift,
    "check_share": _check_share,
    "missing_share": missing_share,
    "unseen_share": unseen_share,
    "unusable_column": unusable_column,
    "rejection_share": _rejection_share,
    "fallback_share": _fallback_share,
    "older_model": _older_model,
    "volume": _volume,
    "silent_hours": _silent_hours,
    "label_coverage": _label_coverage,
    "failed_report": _failed_report,
    "test": _none,
}
