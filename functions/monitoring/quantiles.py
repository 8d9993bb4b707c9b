"""Quantiles and tails of the normal and of Student's distribution, from the standard library."""

from math import erfc, inf, sqrt
from statistics import NormalDist

_NORMAL = NormalDist()
SMALLEST_FREEDOM = 3.0
"""Below it the expansion of Student's quantile is off by more than one in a hundred."""


def normal_quantile(probability: float) -> float:
    """Give the quantile of the standard normal distribution."""
    return _NORMAL.inv_cdf(probability)


def normal_survival(z: float) -> float:
    """Give the probability that a standard normal variable exceeds z, exact in the far tail too."""
    return erfc(z / sqrt(2)) / 2


def t_quantile(probability: float, freedom: float = inf) -> float:
    """Give the quantile of Student's distribution, for degrees of freedom from 3 to infinity.

    Cornish and Fisher's expansion (1937; Abramowitz and Stegun 26.7.5), within 1 % for 0.975 from 3 degrees on.
    """
    z = normal_quantile(probability)
    nu = max(freedom, SMALLEST_FREEDOM)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / nu**power for power, term in enumerate(terms, start=1))
