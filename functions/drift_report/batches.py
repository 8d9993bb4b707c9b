"""Batches: what changed over a long time, read span after span, so many rows at once as can be held."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from contracts.totals import Span
from drift_report.rows import Row

FIRST, LEAST = timedelta(seconds=10), timedelta(seconds=1)
"""How long the first span is that is tried, and the shortest: of that one all rows are taken, however many."""
LONGER, SHORTER = 2, 8
Read = Callable[[Span], Iterable[Row]]
"""Gives what changed in a span; a row that changed in two spans is given in both."""


class Batch(NamedTuple):
    """What changed in a span."""

    start: datetime
    end: datetime
    rows: list[Row]
    """Each once, as it was read last."""


def batches(read: Read, start: datetime, until: datetime, most: int) -> Iterator[Batch]:
    """Give all that changed from a moment until another, about `most` rows at a time."""
    rows: dict[str, Row] = {}
    for end, found in _slices(read, start, until, most):
        rows |= {row["_id"]: row for row in found}
        if len(rows) >= most or end == until:
            yield Batch(start, end, list(rows.values()))
            start, rows = end, {}


def _slices(read: Read, start: datetime, until: datetime, most: int) -> Iterator[tuple[datetime, list[Row]]]:
    """Give the rows of one span after the other and where each ends: long ones where little changed.

    To ask the database where so many rows end would cost it a sort of all that follow: SecantusDB 60 µs a row.
    """
    length = FIRST
    while start < until:
        end = min(start + length, until)
        rows = list(islice(read(Span(start, end)), None if length <= LEAST else most + 1))
        if len(rows) > most and length > LEAST:
            length = max(length / SHORTER, LEAST)
            continue
        yield end, rows
        start, length = end, length * LONGER if len(rows) < most / LONGER**2 else length
