"""Medians by group, of many groups at once."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Medians(NamedTuple):
    """The median of each group, in the order of their codes."""

    codes: NDArray[np.int64]
    counts: NDArray[np.int64]
    medians: NDArray[np.float64]
    group: NDArray[np.int64]
    """Of each value, the place of its group."""


def medians_of(codes: NDArray[Any], values: NDArray[np.float64]) -> Medians:
    """Group values by their codes; one sort for all groups."""
    found, group, counts = np.unique(codes, return_inverse=True, return_counts=True)
    ascending = values[np.lexsort((values, group))]
    starts = np.cumsum(counts) - counts
    medians = (ascending[starts + (counts - 1) // 2] + ascending[starts + counts // 2]) / 2
    return Medians(found, counts, medians, group)
