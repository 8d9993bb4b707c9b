"""A window judged: every number of a report, from the hours that it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from contracts.findings import (
    Attributions,
    BeforeLabels,
    ColumnReport,
    FairnessGap,
    Joint,
    Performance,
    Quality,
    SegmentContrast,
    SegmentReport,
    WeakSegment,
)
from contracts.report import Volume
from contracts.window import Window
from drift_report.accepted import Compared, with_accepted
from drift_report.gathered import Gatherer, Hours, newest_of, rows_of, within
from drift_report.joint import joint_of
from drift_report.rows import Columns, Standing
from drift_report.segments import fairness_gaps, labelled_sample, weak_segments
from drift_report.soundness import Held, rejections_of, soundness
from drift_report.windows import week_of, whole_weeks
from monitoring.profiles.comparison import Comparison
from monitoring.window.attributions import attributions_of
from monitoring.window.before_labels import before_labels_of
from monitoring.window.columns import column_reports
from monitoring.window.contrasts import contrasts_of
from monitoring.window.likeness import likeness_of
from monitoring.window.performance import labelled_rows, performance_of
from monitoring.window.quality import counted_checks
from monitoring.window.segment_reports import segment_reports
from monitoring.window.sentences import Said, sentences_of

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Findings:
    """What was found in a window: the fields of a report of the same names."""

    judged_window: Window
    volume: Volume
    quality: Quality
    columns: tuple[ColumnReport, ...]
    joint: Joint
    performance: Performance
    before_labels: BeforeLabels
    attributions: Attributions
    segments: tuple[SegmentReport, ...]
    weak_segments: tuple[WeakSegment, ...]
    fairness: tuple[FairnessGap, ...]
    contrasts: tuple[SegmentContrast, ...]
    sentences: tuple[str, ...]


class Judged(NamedTuple):
    """A window that was judged."""

    findings: Findings
    rows: int
    """Of the judged window."""
    sample: Columns
    """Some rows of it, for Evidently."""


def judge(gatherer: Gatherer, window: Window) -> Judged:
    """Judge a window. Raises StoreUnavailable, SpecMismatch, Unreadable."""
    least = gatherer.parts.settings.min_rows
    judged_window, hours = gatherer.widened(window, least)
    own, comparison = within(hours, window), gatherer.compared(hours)
    own_comparison = gatherer.compared(own) if len(own) < len(hours) else comparison
    rejected = rejections_of(gatherer, window)
    rows = gatherer.sampled(hours, gatherer.parts.settings.sample_rows)
    sample = gatherer.baseline.columns(rows)
    quality = soundness(gatherer, window, Held(own, own_comparison, rejected))
    lately, rows_lately = _lately(gatherer, window, hours, rows)
    labelled = labelled_sample(gatherer, rows_lately)
    weeks = _weeks(gatherer, window, lately)
    columns = with_accepted(gatherer, Compared(comparison, weeks), column_reports(comparison, weeks))
    performance = _performance(gatherer, window, own, comparison)
    contrasts = contrasts_of(weeks)
    findings = Findings(
        judged_window=judged_window,
        volume=_volume(own_comparison, own, rejected.requests),
        quality=quality,
        columns=columns,
        joint=joint_of(gatherer, comparison, rows, sample),
        performance=performance,
        before_labels=before_labels_of(comparison),
        attributions=attributions_of(comparison),
        segments=segment_reports(comparison),
        weak_segments=weak_segments(gatherer.baseline, labelled),
        fairness=fairness_gaps(gatherer.baseline, labelled),
        contrasts=contrasts,
        sentences=sentences_of(rows_of(hours), least, Said(columns, contrasts, performance, quality)),
    )
    return Judged(findings, rows_of(hours), sample)


def _lately(
    gatherer: Gatherer, window: Window, hours: Hours, sample: Sequence[Standing]
) -> tuple[Hours, Sequence[Standing]]:
    """Give the week that ends with a day, and some of its rows: a day has too few of most segments. Else the window."""
    if window.kind != "day":
        return hours, sample
    week = gatherer.hours(week_of(window))
    return week, gatherer.sampled(week, gatherer.parts.settings.sample_rows)


def _volume(comparison: Comparison, hours: Hours, rejections: int) -> Volume:
    return Volume(
        predictions=comparison.rows,
        rides=sum(hour.sketch.distinct_rides for hour in hours.values()),
        labelled=labelled_rows(comparison),
        rejections=rejections,
        fallbacks=sum(counted_checks(comparison, "fallback").values()),
        flagged=counted_checks(comparison, "flag"),
    )


def _performance(gatherer: Gatherer, window: Window, own: Hours, comparison: Comparison) -> Performance:
    mature_at = _mature_at(gatherer, window, own)
    found = performance_of(comparison)
    provisional = gatherer.as_of < mature_at and found.labelled < comparison.rows
    likeness = likeness_of(comparison)
    return found.model_copy(update={"provisional": provisional, "mature_at": mature_at, "likeness": likeness})


def _mature_at(gatherer: Gatherer, window: Window, own: Hours) -> datetime:
    """Say when few labels are to be expected any more: some time after the window's last prediction was stored."""
    last = max((stored for stored in (newest_of(own).stored, window.end) if stored), default=window.end)
    return last + timedelta(hours=gatherer.parts.settings.mature_hours)


def _weeks(gatherer: Gatherer, window: Window, hours: Hours) -> Comparison | None:
    """Take the whole weeks of a window, of a day's the week that ends with it, if there are rows on each day."""
    weeks = whole_weeks(window, gatherer.parts.settings.time_zone)
    if weeks is None and window.kind != "day":
        return None
    found = gatherer.observed(within(hours, weeks) if weeks else hours)
    if len(found.day_rows) < DAYS_A_WEEK:
        return None
    reference = gatherer.baseline.reference
    return Comparison(found, reference.of_whole_weeks, reference, gatherer.parts.settings.min_rows)
