"""What each bin of a column is: the order is the contract's, its meaning is told here once."""

from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.profile import CategoricalColumn, Column, ProfileSpec

Integers = NDArray[np.int64]
Counts = NDArray[Any]
"""Whole numbers of rows, or, of a reweighted reference, parts of rows."""

ALL, LABELLED = ("", "all"), ("", "labelled")
"""The first two slices of every profile; the others are the segments, by family and label."""


class Layout(NamedTuple):
    """Where in a profile's arrays each column and each slice lies."""

    slices: tuple[tuple[str, str], ...]
    columns: dict[str, slice]
    """By name: its bins among all cells."""
    order: dict[str, int]
    """By name: which of the columns it is."""
    cells: int

    def slice_of(self, family: str, label: str) -> int:
        """Give the place of a slice. Raises ValueError."""
        return self.slices.index((family, label))


@lru_cache(maxsize=16)
def layout_of(spec: ProfileSpec) -> Layout:
    """Lay out a spec: the columns' bins side by side, the slices one below the other."""
    ends = list(accumulate(column.bins for column in spec.columns))
    places = {c.name: slice(end - c.bins, end) for c, end in zip(spec.columns, ends, strict=True)}
    segments = ((family.name, segment.label) for family in spec.families for segment in family.segments)
    order = {name: number for number, name in enumerate(places)}
    return Layout((ALL, LABELLED, *segments), places, order, ends[-1] if ends else 0)


class Bins(NamedTuple):
    """The counts of a column by what they mean."""

    known: Counts
    """What is compared: a number's bins from below to above, a label's categories and other."""
    missing: float
    unseen: float
    below: float
    above: float

    @property
    def present(self) -> float:
        """How many values there are, seen before or not."""
        return float(self.known.sum() + self.unseen)


def bins_of(column: Column, counts: Counts) -> Bins:
    """Tell the bins of a column apart."""
    if isinstance(column, CategoricalColumn):
        return Bins(counts[:-2], missing=counts[-1].item(), unseen=counts[-2].item(), below=0, above=0)
    ranged = len(column.edges) > 1
    below, above = (counts[0].item(), counts[-2].item()) if ranged else (0, 0)
    return Bins(counts[:-1], missing=counts[-1].item(), unseen=0, below=below, above=above)


def known_labels(column: CategoricalColumn) -> tuple[str, ...]:
    """Name the known bins, in order."""
    return (*column.categories, "other")
