"""What each bin of a column is: the order is the contract's, its meaning is told here once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.profile import CategoricalColumn, Column, ColumnCounts

Integers = NDArray[np.int64]


class Bins(NamedTuple):
    """The counts of a column by what they mean."""

    known: Integers
    """What is compared: a number's bins from below to above, a label's categories and other."""
    missing: int
    unseen: int
    below: int
    above: int

    @property
    def present(self) -> int:
        """How many values there are, seen before or not."""
        return int(self.known.sum()) + self.unseen


def bins_of(column: Column, counts: ColumnCounts) -> Bins:
    """Tell the bins of a column apart."""
    found = np.array(counts.counts, dtype=np.int64)
    if isinstance(column, CategoricalColumn):
        return Bins(found[:-2], missing=int(found[-1]), unseen=int(found[-2]), below=0, above=0)
    ranged = len(column.edges) > 1
    below, above = (int(found[0]), int(found[-2])) if ranged else (0, 0)
    return Bins(found[:-1], missing=int(found[-1]), unseen=0, below=below, above=above)


def known_labels(column: CategoricalColumn) -> tuple[str, ...]:
    """Name the known bins, in order."""
    return (*column.categories, "other")
