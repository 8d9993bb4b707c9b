"""Means, spread and distance of a number's column, from the exact sums of its bins."""

from math import sqrt

import numpy as np

from monitoring.numeric.drift import wasserstein
from monitoring.numeric.values import Floats
from monitoring.profiles.profile import SCALE, ColumnCounts

ROUNDING = 1e-3
"""Squares are kept to 2**-20."""


def mean(counts: ColumnCounts) -> float | None:
    """Give the mean, exact to a millionth; None of nothing."""
    rows = present(counts)
    return float(counts.sums.sum()) / (rows * SCALE) if rows else None


def deviation(counts: ColumnCounts) -> float | None:
    """Give the standard deviation of the values as a population; None of nothing."""
    middle, rows = mean(counts), present(counts)
    return None if middle is None else sqrt(max(0.0, float(counts.squares.sum()) / rows - middle**2))


def distance(now: ColumnCounts, reference: ColumnCounts) -> float | None:
    """Give the Wasserstein distance in reference standard deviations; None without values or without spread.

    Each bin stands as one point at its own exact mean. So the distance is never below the difference of the means,
    and differs from that of the row values by at most the mean width of the bins that the two occupy.
    """
    spread = deviation(reference)
    if not spread or mean(now) is None:
        return None
    return wasserstein(*_points(now), *_points(reference)) / spread


def present(counts: ColumnCounts) -> float:
    """Count the values of a number's column; of a reweighted reference, parts of rows."""
    return float(counts.counts[:-1].sum())


def is_constant(now: ColumnCounts, reference: ColumnCounts) -> bool:
    """Tell whether several rows of now hold one value only, and those of the reference do not."""
    return now.counts[:-1].sum() > 1 and _has_one_value(now) and not _has_one_value(reference)


def _has_one_value(counts: ColumnCounts) -> bool:
    """Tell whether all values lie in one bin and, of numbers, spread by no more than what rounding leaves."""
    held = np.flatnonzero(counts.counts[:-1])
    if len(held) != 1:
        return False
    spread, middle = deviation(counts) or 0.0, mean(counts) or 0.0
    return spread <= ROUNDING * max(1.0, abs(middle))


def _points(counts: ColumnCounts) -> tuple[Floats, Floats]:
    weights = counts.counts[:-1].astype(np.float64)
    held = weights > 0
    return counts.sums[:-1][held] / (weights[held] * SCALE), weights[held]
