"""Profiles: exact counts by bin, and sums that stay exact, so that profiles merge by addition."""

from collections.abc import Callable, Iterable, Mapping
from operator import add as plus
from operator import sub as minus

import numpy as np
from numpy.typing import NDArray

from contracts.profile import CategoricalColumn, Column, ColumnCounts, NumericColumn, Profile, ProfileSpec
from monitoring.values import Floats, Values, labels_of, numbers_of

INT64 = 2.0**63
LOW_BITS = 21
"""Scaled values are summed in three parts of 21 bits: a float64 sum of 2**32 such parts is still exact."""
QUANTUM = 2.0**20
"""Squares are rounded to 1/QUANTUM, so that their float64 sums are exact up to 2**33."""


class SpecMismatch(ValueError):
    """The profiles do not count the same bins."""


class UnevenColumns(ValueError):
    """The columns are not equally long."""


def profile_of(spec: ProfileSpec, columns: Mapping[str, Values]) -> Profile:
    """Count the rows of some columns; a column of the spec that is not there is all missing. Raises UnevenColumns."""
    rows = _rows(columns)
    counted = {column.name: _counted(column, columns.get(column.name), rows) for column in spec.columns}
    return Profile(spec=spec, rows=rows, columns=counted)


def empty(spec: ProfileSpec) -> Profile:
    """Give the profile of no rows."""
    return profile_of(spec, {})


def add(one: Profile, other: Profile) -> Profile:
    """Give the profile of both one's and the other's rows. Raises SpecMismatch."""
    return _combined(one, other, plus)


def subtract(one: Profile, other: Profile) -> Profile:
    """Give the profile of one's rows without the other's, which must be among them. Raises SpecMismatch."""
    return _combined(one, other, minus)


def _rows(columns: Mapping[str, Values]) -> int:
    lengths = {len(values) for values in columns.values()}
    if len(lengths) > 1:
        message = f"columns of different lengths: {sorted(lengths)}"
        raise UnevenColumns(message)
    return lengths.pop() if lengths else 0


def _counted(column: Column, values: Values | None, rows: int) -> ColumnCounts:
    present = np.full(rows, np.nan) if values is None else values
    return _numeric(column, present) if isinstance(column, NumericColumn) else _categorical(column, present)


def _numeric(column: NumericColumn, values: Values) -> ColumnCounts:
    found, missing, invalid = numbers_of(values, largest=INT64 / column.scale)
    bins = _bins(np.array(column.edges), found)
    size = len(column.edges) + 1
    squares = np.rint(found * found * QUANTUM) / QUANTUM
    return ColumnCounts(
        counts=(*np.bincount(bins, minlength=size).tolist(), missing),
        sums=(*_exact_sums(bins, np.rint(found * column.scale), size), 0),
        squares=(*np.bincount(bins, squares, minlength=size).tolist(), 0.0),
        invalid=invalid,
    )


def _bins(edges: Floats, values: Floats) -> NDArray[np.intp]:
    """Find each value's bin; the last but one is closed on its right."""
    bins = np.searchsorted(edges, values, side="right")
    if len(edges):
        bins[values == edges[-1]] = len(edges) - 1
    return bins


def _exact_sums(bins: NDArray[np.intp], scaled: Floats, size: int) -> Iterable[int]:
    integers = scaled.astype(np.int64)
    mask = (1 << LOW_BITS) - 1
    parts = (integers & mask, (integers >> LOW_BITS) & mask, integers >> 2 * LOW_BITS)
    low, middle, high = (np.bincount(bins, part, minlength=size).astype(np.int64).tolist() for part in parts)
    return (a + (b << LOW_BITS) + (c << 2 * LOW_BITS) for a, b, c in zip(low, middle, high, strict=True))


def _categorical(column: CategoricalColumn, values: Values) -> ColumnCounts:
    found = labels_of(values)
    named = tuple(found.counts[label] for label in column.categories)
    other = sum(found.counts[label] for label in column.others)
    unseen = found.counts.total() - sum(named) - other
    return ColumnCounts(counts=(*named, other, unseen, found.missing), invalid=found.invalid)


def _combined(one: Profile, other: Profile, by: Callable[[int, int], int]) -> Profile:
    if one.spec is not other.spec and one.spec != other.spec:
        message = "profiles of different specs cannot be combined"
        raise SpecMismatch(message)
    columns = {name: _merged(counts, other.columns[name], by) for name, counts in one.columns.items()}
    return Profile(spec=one.spec, rows=by(one.rows, other.rows), columns=columns)


def _merged(one: ColumnCounts, other: ColumnCounts, by: Callable[[int, int], int]) -> ColumnCounts:
    squares = np.array(one.squares), np.array(other.squares)
    return ColumnCounts(
        counts=tuple(map(by, one.counts, other.counts)),
        sums=tuple(map(by, one.sums, other.sums)),
        squares=tuple((squares[0] + squares[1] if by is plus else squares[0] - squares[1]).tolist()),
        invalid=by(one.invalid, other.invalid),
    )
