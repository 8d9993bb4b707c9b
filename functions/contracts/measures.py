"""Every number of a report, and of what it is.

A metric is named for the number's place in the report document, as `performance.mae` or `quality.rhythm.expected`.
Bins of histograms are left out.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from contracts.base import Contract
from contracts.findings import (
    Attributions,
    Check,
    ColumnReport,
    Estimate,
    Joint,
    Performance,
    Quality,
    SegmentColumn,
    SegmentReport,
)
from contracts.report import Report

WHOLE = "all"
"""The segment that holds every ride."""
REFERENCE = "_reference"
"""Ends the name of a field that holds the reference's number of the field before it."""


class Measure(NamedTuple):
    """One number, with its interval and the reference's, and of what it is."""

    metric: str
    value: float
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    column: str = ""
    segment: str = WHOLE


def measures_of(report: Report) -> Iterator[Measure]:
    """Give every number of a report."""
    yield from plain(report.volume, "volume")
    yield from (Measure(f"volume.flagged.{flag}", count) for flag, count in report.volume.flagged.items())
    yield from _performance(report.performance)
    yield from _columns(report.columns)
    yield from _joint(report.joint) if report.joint else ()
    yield from _quality(report.quality) if report.quality else ()
    yield from plain(report.before_labels, "before_labels") if report.before_labels else ()
    yield from plain(report.watch, "watch") if report.watch else ()
    yield from _attributions(report.attributions) if report.attributions else ()
    yield from plain(report.better, "better") if report.better else ()
    yield from plain(report.evidently, "evidently")
    for segment in report.segments:
        yield from _in(f"{segment.family}: {segment.label}", _segment(segment))
    for weak in report.weak_segments:
        yield from _in(weak.segment_id, plain(weak, f"weak_segment.{weak.side}"))
    for gap in report.fairness:
        yield from _in(f"{gap.family}: {gap.group}", plain(gap, f"fairness.{gap.measure}"))
    for found in report.contrasts:
        yield from _in(f"{found.family}: {found.label}", _of(found.column, plain(found, "contrast")))


def _segment(segment: SegmentReport) -> Iterator[Measure]:
    yield from plain(segment, "segment")
    yield from _performance(segment.performance)
    yield from _columns(segment.columns)
    yield from _checks(segment.checks)


def _performance(told: Performance) -> Iterator[Measure]:
    yield from plain(told, "performance")
    for column in told.likeness:
        yield from _of(column.name, plain(column, "likeness"))


def _columns(columns: Sequence[ColumnReport | SegmentColumn]) -> Iterator[Measure]:
    for column in columns:
        yield from _of(column.name, plain(column, "column"))
        if isinstance(column, ColumnReport) and column.accepted:
            yield from _of(column.name, plain(column.accepted, "column.accepted"))


def _joint(joint: Joint) -> Iterator[Measure]:
    yield from plain(joint, "joint")
    for feature in joint.features:
        yield from _of(feature.name, plain(feature, "joint"))


def _attributions(told: Attributions) -> Iterator[Measure]:
    yield from plain(told, "attributions")
    for group in told.groups:
        yield from _of(group.name, plain(group, "attributions"))


def _quality(quality: Quality) -> Iterator[Measure]:
    yield from plain(quality, "quality")
    yield from plain(quality.rhythm, "quality.rhythm")
    yield from _checks((*quality.checks, quality.duplicates))
    for rejected in quality.rejections:
        yield Measure(f"rejected.{rejected.reason}", rejected.count, column=rejected.field)


def _checks(checks: Sequence[Check]) -> Iterator[Measure]:
    for check in checks:
        yield from plain(check, f"check.{check.name}")


def _of(column: str, found: Iterator[Measure]) -> Iterator[Measure]:
    return (one._replace(column=column) for one in found)


def _in(segment: str, found: Iterator[Measure]) -> Iterator[Measure]:
    return (one._replace(segment=segment) for one in found)


def plain(part: Contract, place: str, leave: Sequence[str] = ()) -> Iterator[Measure]:
    """Give the numbers, the truth values as 0 and 1, and the estimates that a part holds itself."""
    for name, value in part:
        metric = f"{place}.{name}"
        if isinstance(value, Estimate):
            yield Measure(metric, value.value, value.low, value.high, value.reference)
        elif isinstance(value, int | float) and not name.endswith(REFERENCE) and name not in leave:
            number = int(value) if isinstance(value, bool) else value
            yield Measure(metric, number, reference=getattr(part, name + REFERENCE, None))
