"""Readings of a report's columns, each held against the reference and against what was accepted; and by segment."""

from collections.abc import Iterator
from math import inf

from contracts.alerts import Subject
from contracts.findings import ColumnReport
from contracts.report import Report
from monitoring.alerts.reading import Reading, exact, of_estimate, of_share, sized
from monitoring.numeric.intervals import share_interval


def column_drift(report: Report) -> Iterator[Reading]:
    """Read how far each column has moved; one that is close to what was accepted has not."""
    for column in report.columns:
        if column.drifted is not None and column.psi_corrected is not None and column.psi_lower is not None:
            moved = column.drifted and not column.is_accepted
            reading = Reading(_of(column), column.psi_corrected, column.psi_lower, inf, column.rows, verdict=moved)
            yield reading._replace(cause="outcome" if column.role == "actual" else None)


def segment_contrast(report: Report) -> Iterator[Reading]:
    """Read how differently each segment has changed from all other rows, whichever way."""
    for found in report.contrasts:
        subject = Subject(kind="segment", name=f"{found.segment_id}: {found.of}")
        for reading in of_estimate(found.change, found.rows, subject):
            told = f"by {found.own:+.2f} {found.unit} of what is usual there, all others by {found.others:+.2f}"
            yield sized(reading)._replace(verdict=found.moved, detail=told)


def missing_share(report: Report) -> Iterator[Reading]:
    """Read how much of each feature is missing."""
    for column in _features(report):
        usual = column.missing_reference_share
        accepted = column.accepted.missing_share if column.accepted else 0.0
        yield from _share(column, column.missing, None if usual is None else max(usual, accepted))


def unseen_share(report: Report) -> Iterator[Reading]:
    """Read how much of each feature the reference never held."""
    for column in _features(report):
        yield from _share(column, column.unseen, column.accepted.unseen_share if column.accepted else 0.0)


def unusable_column(report: Report) -> Iterator[Reading]:
    """Read which features tell nothing: no usable value, or one value only."""
    for column in _features(report):
        if column.rows and column.status != "not_judged":  # a day has one weekday
            yield exact(_is_unusable(column), column.rows, _of(column))


def _is_unusable(column: ColumnReport) -> bool:
    return column.status == "failed" or (column.constant and not column.is_accepted)


def _features(report: Report) -> Iterator[ColumnReport]:
    return (column for column in report.columns if column.role == "feature")


def _of(column: ColumnReport) -> Subject:
    return Subject(kind="column", name=column.name)


def _share(column: ColumnReport, count: int, reference: float | None) -> Iterator[Reading]:
    """Read a share of a column's rows, which are worth as many independent ones as those of its score are."""
    deff = column.rows / column.effective_rows if column.effective_rows else 1.0
    yield from of_share(share_interval(count, column.rows, max(deff, 1.0)), column.rows, reference, _of(column))
