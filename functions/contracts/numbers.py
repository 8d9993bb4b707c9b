"""All numbers of a report as rows of one tidy table: a number a row, for whoever reads tables, not documents.

A metric is named for the number's place in the report document, as `performance.mae` or `quality.rhythm.expected`.
Bins of histograms are left out.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from contracts.base import Contract
from contracts.findings import Check, ColumnReport, Estimate, Joint, Performance, Quality, SegmentColumn, SegmentReport
from contracts.report import Report

WHOLE = "all"
"""The segment that holds every ride."""
REFERENCE = "_reference"
"""Ends the name of a field that holds the reference's number of the field before it."""


class Finding(NamedTuple):
    """One number of a report, and of what it is."""

    metric: str
    value: float
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    column: str = ""
    segment: str = WHOLE


class Number(NamedTuple):
    """One row of the table."""

    window_start: datetime
    window_end: datetime
    kind: str
    model_version: str
    revision: int
    as_of: datetime
    segment: str
    column: str
    metric: str
    value: float
    low: float | None
    high: float | None
    reference: float | None


def numbers_of(report: Report) -> Iterator[Number]:
    """Give every number of a report, and those that its earlier revisions knew."""
    for found in findings_of(report):
        yield _row(report, report.revision, report.as_of, found)
    for entry in report.ledger:
        for found in _plain(entry, "ledger", leave=("revision",)):
            yield _row(report, entry.revision, entry.as_of, found)


def findings_of(report: Report) -> Iterator[Finding]:
    """Give every number of a report."""
    yield from _plain(report.volume, "volume")
    yield from (Finding(f"volume.flagged.{flag}", count) for flag, count in report.volume.flagged.items())
    yield from _performance(report.performance)
    yield from _columns(report.columns)
    yield from _joint(report.joint) if report.joint else ()
    yield from _quality(report.quality) if report.quality else ()
    yield from _plain(report.evidently, "evidently")
    for segment in report.segments:
        yield from (one._replace(segment=f"{segment.family}: {segment.label}") for one in _segment(segment))


def _segment(segment: SegmentReport) -> Iterator[Finding]:
    yield from _plain(segment, "segment")
    yield from _performance(segment.performance)
    yield from _columns(segment.columns)
    yield from _checks(segment.checks)


def _performance(told: Performance) -> Iterator[Finding]:
    yield from _plain(told, "performance")
    for column in told.likeness:
        yield from _of(column.name, _plain(column, "likeness"))


def _columns(columns: Sequence[ColumnReport | SegmentColumn]) -> Iterator[Finding]:
    for column in columns:
        yield from _of(column.name, _plain(column, "column"))


def _joint(joint: Joint) -> Iterator[Finding]:
    yield from _plain(joint, "joint")
    for feature in joint.features:
        yield from _of(feature.name, _plain(feature, "joint"))


def _quality(quality: Quality) -> Iterator[Finding]:
    yield from _plain(quality, "quality")
    yield from _plain(quality.rhythm, "quality.rhythm")
    yield from _checks((*quality.checks, quality.duplicates))
    for rejected in quality.rejections:
        yield Finding(f"rejected.{rejected.reason}", rejected.count, column=rejected.field)


def _checks(checks: Sequence[Check]) -> Iterator[Finding]:
    for check in checks:
        yield from _plain(check, f"check.{check.name}")


def _of(column: str, found: Iterator[Finding]) -> Iterator[Finding]:
    return (one._replace(column=column) for one in found)


def _plain(part: Contract, place: str, leave: Sequence[str] = ()) -> Iterator[Finding]:
    """Give the numbers, the truth values as 0 and 1, and the estimates that a part holds itself."""
    for name, value in part:
        metric = f"{place}.{name}"
        if isinstance(value, Estimate):
            yield Finding(metric, value.value, value.low, value.high, value.reference)
        elif isinstance(value, int | float) and not name.endswith(REFERENCE) and name not in leave:
            number = int(value) if isinstance(value, bool) else value
            yield Finding(metric, number, reference=getattr(part, name + REFERENCE, None))


def _row(report: Report, revision: int, as_of: datetime, found: Finding) -> Number:
    return Number(
        window_start=report.window.start,
        window_end=report.window.end,
        kind=report.window.kind,
        model_version=report.model_version,
        revision=revision,
        as_of=as_of,
        segment=found.segment,
        column=found.column,
        metric=found.metric,
        value=found.value,
        low=found.low,
        high=found.high,
        reference=found.reference,
    )
