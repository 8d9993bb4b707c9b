"""Rows as inputs of a linear model: each has a few active terms of many, so nothing is multiplied by zero."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.profile import CategoricalColumn, Column, NumericColumn
from monitoring.numeric.values import Floats, Values, aligned, label_of

Places = NDArray[np.intp]


class Design(NamedTuple):
    """The active terms of each row; both arrays are of shape (rows, slots)."""

    places: Places
    """Which term, from 0."""
    values: Floats
    """What it holds: 1 for a label."""
    owners: tuple[str, ...]
    """The column of each slot; the first is the intercept's, of none."""
    terms: int
    """How many terms there are in all; term 0 is the intercept."""

    def take(self, rows: NDArray[np.bool_]) -> "Design":
        """Give some of the rows."""
        return self._replace(places=self.places[rows], values=self.values[rows])

    def parts(self, coefficients: Floats) -> Floats:
        """Give what each slot adds to each row's linear score."""
        found: Floats = self.values * coefficients[self.places]
        return found


class _Slots(NamedTuple):
    """Slots of one column, its terms counted from 0."""

    places: Places
    values: Floats
    terms: int


def encoded(columns: Sequence[Column], rows: Mapping[str, Values], reference: Mapping[str, Values]) -> Design:
    """Lay out rows: a label as its category, the rest pooled; a number as its place in the reference; missing apart."""
    size = len(next(iter(rows.values()), ()))
    parts = [_Slots(np.zeros((size, 1), dtype=np.intp), np.ones((size, 1)), 1)]
    parts += [_slots(column, rows[column.name], reference[column.name]) for column in columns]
    starts = np.cumsum([0, *(part.terms for part in parts)])
    return Design(
        places=np.hstack([part.places + start for part, start in zip(parts, starts, strict=False)]),
        values=np.hstack([part.values for part in parts]),
        owners=("", *(column.name for column, part in zip(columns, parts[1:], strict=True) for _ in part.values[:1].T)),
        terms=int(starts[-1]),
    )


def stacked(one: Design, other: Design) -> Design:
    """Give the rows of both."""
    places = np.concatenate([one.places, other.places])
    return one._replace(places=places, values=np.concatenate([one.values, other.values]))


def _slots(column: Column, values: Values, reference: Values) -> _Slots:
    return _number(values, reference) if isinstance(column, NumericColumn) else _label(column, values)


def _label(column: CategoricalColumn, values: Values) -> _Slots:
    known = {label: place for place, label in enumerate(column.categories)}
    plain = values.tolist() if isinstance(values, np.ndarray) else values
    places = np.array(_placed(known, plain), dtype=np.intp)
    return _Slots(places[:, None], np.ones((len(places), 1)), len(known) + 2)


def _placed(known: Mapping[str, int], values: Sequence[Any]) -> list[int]:
    """Find each value's place, of equal ones once; what cannot be hashed is no label, and missing."""
    try:
        places = {value: _place(known, value) for value in set(values)}
    except TypeError:
        return [_place(known, value) for value in values]
    return [places[value] for value in values]


def _place(known: Mapping[str, int], value: Any) -> int:
    label = label_of(value)
    return len(known) + 1 if label is None else known.get(label, len(known))


def _number(values: Values, reference: Values) -> _Slots:
    """Place numbers in the reference's distribution, mid-rank u, by the first two orthonormal Legendre polynomials.

    These are the components of Neyman's smooth test (1937): of location and of spread. No outlier weighs more than 1.
    """
    numbers, known = aligned(values), np.sort(aligned(reference))
    known, absent = known[~np.isnan(known)], np.isnan(numbers)
    ranks = sum(np.searchsorted(known, numbers, side=side) for side in ("left", "right"))
    u = 2 * np.where(absent, 0.5, ranks / max(2 * len(known), 1)) - 1
    location, spread = np.sqrt(3) * u, np.sqrt(5) * (3 * u**2 - 1) / 2
    held = np.where(absent, 0.0, 1.0)
    terms = np.column_stack([location * held, spread * held, 1 - held])
    return _Slots(np.broadcast_to(np.arange(3), terms.shape), terms, 3)
