"""A measured number with its 95 % confidence interval, from rows of which those of one day resemble each other."""

from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitoring.numeric.values import Floats

Z_95 = 1.959963984540054
"""The two-sided 95 % quantile of the normal distribution."""
Codes = NDArray[np.integer]


class Measured(NamedTuple):
    """A number, its standard error, and the interval that holds the true one in 95 of 100 cases."""

    value: float
    error: float

    @property
    def low(self) -> float:
        """The lower end."""
        return self.value - Z_95 * self.error

    @property
    def high(self) -> float:
        """The upper end."""
        return self.value + Z_95 * self.error

    @property
    def clear(self) -> bool:
        """Whether zero lies outside of the interval."""
        return self.low > 0 or self.high < 0

    @property
    def p_above_zero(self) -> float:
        """The one-sided p-value of the hypothesis that the true number is at most 0."""
        return erfc(self.value / max(self.error, 1e-300) / sqrt(2)) / 2

    @property
    def p_not_zero(self) -> float:
        """The two-sided p-value of the hypothesis that the true number is 0."""
        return erfc(abs(self.value) / max(self.error, 1e-300) / sqrt(2))


def mean_of(values: Floats, days: Codes, likeness: float) -> Measured:
    """Measure a mean of at least two rows; see design_effect."""
    error = sqrt(float(values.var(ddof=1)) * design_effect(days, likeness) / len(values))
    return Measured(float(values.mean()), error)


def difference(one: Measured, other: Measured) -> Measured:
    """Measure one less the other, of different rows."""
    return Measured(one.value - other.value, sqrt(one.error**2 + other.error**2))


def design_effect(days: Codes, likeness: float) -> float:
    """Tell how many times the variance of a mean is that of as many independent rows (Kish 1965): 1 + (m − 1) r.

    m is the size of the day in which a row finds itself, on average; r, `likeness`, the intraclass correlation of the
    rows of one day. Measured of absolute errors: 0.003 in 2019-03, 0.011 in 2019-04 … 06.
    """
    sizes = np.unique(days, return_counts=True)[1]
    return 1 + max(0.0, float((sizes**2).sum() / sizes.sum()) - 1) * likeness


def likeness_of(values: Floats, days: Codes) -> float:
    """Estimate the intraclass correlation of rows of one day by analysis of variance; 0 where it cannot be told."""
    _, day, sizes = np.unique(days, return_inverse=True, return_counts=True)
    rows, count = len(values), len(sizes)
    if count < 2 or rows <= count:  # noqa: PLR2004 - two days differ, or nothing does
        return 0.0
    means = np.bincount(day, values) / sizes
    between = float((sizes * (means - values.mean()) ** 2).sum()) / (count - 1)
    within = float(((values - means[day]) ** 2).sum()) / (rows - count)
    typical = (rows - float((sizes**2).sum()) / rows) / (count - 1)
    excess = max(0.0, (between - within) / typical)
    return excess / (excess + within) if excess else 0.0
