"""Segments against all other rows: where a measure has changed otherwise than in the rest.

What moves all rows alike, as a season does, cancels: what is left is the segment's own, as when one vendor's meters
count another mile. A difference of differences (Card and Krueger 1994), on whole weeks.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import sqrt
from typing import NamedTuple

from contracts.findings import Estimate, SegmentContrast
from contracts.profile import NumericColumn, Segment, SegmentFamily
from monitoring.numeric.contrast import Contrast
from monitoring.numeric.design import effective_rows
from monitoring.numeric.measured import Measured, difference
from monitoring.numeric.multiplicity import benjamini_yekutieli
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.moments import deviation, mean, present
from monitoring.profiles.profile import ColumnCounts

BOUND = 0.05
"""In spreads of what is usual of rows alike: a smaller difference is of no practical weight.

Of distances between two zones a spread is a sixth to a fourth, so it is one in a hundred.
"""
LEVEL = 0.05
"""The chance that a report calls any segment moved where none is, at most."""


class _Side(NamedTuple):
    """A measure of a segment's rows and of all rows, now or in the reference."""

    own: ColumnCounts
    all: ColumnCounts
    own_rows: float
    """So many independent days' rows would tell as much, those that have no value among them."""
    all_rows: float
    days: float

    def means(self, correlation: float) -> tuple[Measured, Measured]:
        """Measure the segment and all other rows."""
        parts = (self.own, self.own_rows), (self._others, self.all_rows - self.own_rows)
        own, others = (_mean(counts, rows, correlation, self.days) for counts, rows in parts)
        return own, others

    @property
    def least(self) -> float:
        """Count the values of the segment or of the others, whichever has fewer."""
        return min(map(present, (self.own, self._others)))

    @property
    def _others(self) -> ColumnCounts:
        counts, sums, squares = (whole - part for whole, part in zip(self.all[:3], self.own[:3], strict=True))
        return ColumnCounts(counts, sums, squares)


class _Tested(NamedTuple):
    """One segment in one measure."""

    family: SegmentFamily
    segment: Segment
    column: NumericColumn
    rows: int
    contrast: Contrast


def contrasts_of(weeks: Comparison | None) -> tuple[SegmentContrast, ...]:
    """Hold every segment of whole weeks against all other rows; without a whole week nothing is said."""
    tested = list(_tested(weeks)) if weeks else []
    adjusted = benjamini_yekutieli([one.contrast.p_value(BOUND) for one in tested]).tolist()
    differs = [p_value <= LEVEL for p_value in adjusted]
    moved = _moved([one for one, does in zip(tested, differs, strict=True) if does])
    return tuple(_told(one, p, moved=one in moved) for one, p in zip(tested, adjusted, strict=True))


def segment_id(family: SegmentFamily, segment: Segment) -> str:
    """Name a segment as what its rows hold, `vendor=2`, where it is that simple, else by its label."""
    values = [value for rule in segment.any_of for value in rule.values]
    if len(segment.any_of) == len(values) == 1:
        return f"{segment.any_of[0].column}={values[0]}"
    return f"{family.name}={segment.label}"


def _tested(weeks: Comparison) -> Iterator[_Tested]:
    spec = weeks.reference.spec
    measures = [column for column in spec.columns if isinstance(column, NumericColumn) and column.role == "relative"]
    for column, family in product(measures, spec.families):
        if column.of not in _cut_by(family):
            yield from _of_family(weeks, column, family)


def _cut_by(family: SegmentFamily) -> set[str]:
    """Name the columns that decide of which segment a row is: one that moves changes who is in there."""
    return {rule.column for segment in family.segments for rule in segment.any_of}


def _of_family(weeks: Comparison, column: NumericColumn, family: SegmentFamily) -> Iterator[_Tested]:
    correlation = weeks.reference.dependence.get(column.name, 0.0)
    for segment in family.segments:
        now, then = _sides(weeks, weeks.of((family.name, segment.label)), column)
        if min(now.least, then.least) >= weeks.least:
            changes = map(difference, now.means(correlation), then.means(correlation))
            yield _Tested(family, segment, column, round(now.own_rows), Contrast(*changes))


def _sides(weeks: Comparison, segment: Comparison, column: NumericColumn) -> tuple[_Side, _Side]:
    own, whole = segment.sides(column.name), weeks.sides(column.name)
    now = _Side(own.now, whole.now, segment.rows, weeks.rows, weeks.observed.days)
    then = (own.reference, whole.reference, segment.known_rows, weeks.known_rows, weeks.reference.days)
    return now, _Side(*then)


def _mean(counts: ColumnCounts, rows: float, correlation: float, days: float) -> Measured:
    """Give a mean and its standard error; rows without a value are taken off."""
    held = rows * present(counts) / float(counts.counts.sum())
    error = (deviation(counts) or 0.0) / sqrt(effective_rows(correlation, held, days))
    return Measured(mean(counts) or 0.0, error)


def _moved(found: Sequence[_Tested]) -> list[_Tested]:
    """Of segments that differ from the rest leave out those from which only the rest has moved, if any is left."""
    own = [one for one in found if one.contrast.is_its_own]
    families = {(one.family.name, one.column.name) for one in own}
    return own + [one for one in found if (one.family.name, one.column.name) not in families]


def _told(one: _Tested, p_value: float, *, moved: bool) -> SegmentContrast:
    change = one.contrast.difference
    return SegmentContrast(
        segment_id=segment_id(one.family, one.segment),
        family=one.family.name,
        label=one.segment.label,
        column=one.column.name,
        of=one.column.of,
        unit=one.column.unit,
        rows=one.rows,
        change=Estimate(value=change.value, low=change.low, high=change.high),
        own=one.contrast.own.value,
        others=one.contrast.others.value,
        p_value=p_value,
        moved=moved,
    )
