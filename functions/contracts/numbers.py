"""All numbers of a report as rows of one tidy table: a number a row, for whoever reads tables, not documents."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from contracts.measures import Measure, measures_of, plain
from contracts.report import Report


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
    for found in measures_of(report):
        yield _row(report, report.revision, report.as_of, found)
    for entry in report.ledger:
        for found in plain(entry, "ledger", leave=("revision",)):
            yield _row(report, entry.revision, entry.as_of, found)


def _row(report: Report, revision: int, as_of: datetime, found: Measure) -> Number:
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
