"""Means, spread and distance of a number's column, from the exact sums of its bins."""

from math import sqrt

import numpy as np

from contracts.profile import ColumnCounts, NumericColumn
from monitoring.drift import wasserstein
from monitoring.values import Floats


def mean(column: NumericColumn, counts: ColumnCounts) -> float | None:
    """Give the mean, exact to the column's scale; None of nothing."""
    present = sum(counts.counts[:-1])
    return sum(counts.sums) / (present * column.scale) if present else None


def deviation(column: NumericColumn, counts: ColumnCounts) -> float | None:
    """Give the standard deviation of the values as a population; None of nothing."""
    middle, present = mean(column, counts), sum(counts.counts[:-1])
    return None if middle is None else sqrt(max(0.0, sum(counts.squares) / present - middle**2))


def distance(column: NumericColumn, now: ColumnCounts, reference: ColumnCounts) -> float | None:
    """Give the Wasserstein distance in reference standard deviations; None without values or without spread.

    Each bin stands as one point at its own exact mean. So the distance is never below the difference of the means,
    and differs from that of the row values by at most the mean width of the bins that the two occupy.
    """
    spread = deviation(column, reference)
    if not spread or mean(column, now) is None:
        return None
    return wasserstein(*_points(column, now), *_points(column, reference)) / spread


def _points(column: NumericColumn, counts: ColumnCounts) -> tuple[Floats, Floats]:
    weights = np.array(counts.counts[:-1], dtype=np.float64)
    held = weights > 0
    sums = np.array(counts.sums[:-1], dtype=np.float64)
    return sums[held] / (weights[held] * column.scale), weights[held]
