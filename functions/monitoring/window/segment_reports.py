"""Segments: every number of a window for each of its named slices, where its rows can bear it."""

from dataclasses import replace

from contracts.findings import SegmentColumn, SegmentReport
from contracts.profile import Column
from monitoring.numeric.intervals import LEAST_JUDGED
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.verdicts import OUTCOMES, is_cyclic
from monitoring.window.performance import performance_of
from monitoring.window.quality import checks_of
from monitoring.window.scores import decided, scores_of


def segment_reports(window: Comparison) -> tuple[SegmentReport, ...]:
    """Judge every segment; which columns drifted is decided over all columns of all segments together."""
    parts = [_segment(window, window.of(place)) for place in window.observed.profile.layout.slices[2:]]
    columns = iter(decided([column for part in parts for column in part.columns]))
    return tuple(part.model_copy(update={"columns": tuple(next(columns) for _ in part.columns)}) for part in parts)


def _segment(window: Comparison, segment: Comparison) -> SegmentReport:
    family, label = segment.place
    enough = segment.rows >= segment.least
    return SegmentReport(
        family=family,
        label=label,
        status="ok" if enough else "too_few",
        note="" if enough else f"{segment.rows} rows; {segment.least} are needed.",
        rows=segment.rows,
        share=segment.rows / window.rows if window.rows else 0.0,
        share_reference=segment.share_reference,
        checks=checks_of(segment),
        columns=tuple(_column(segment, column) for column in _judged(segment)) if enough else (),
        performance=performance_of(replace(segment, least=max(segment.least, LEAST_JUDGED))),
    )


def _judged(segment: Comparison) -> list[Column]:
    return [
        column for column in segment.reference.spec.columns if column.role not in OUTCOMES and not is_cyclic(column)
    ]


def _column(segment: Comparison, column: Column) -> SegmentColumn:
    now, _ = segment.bins(column)
    scores = scores_of(segment, column, weeks=False)
    return SegmentColumn(name=column.name, missing=int(now.missing), unseen=int(now.unseen), **scores)
