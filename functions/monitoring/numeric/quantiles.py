"""Quantiles and tails of the normal and of Student's distribution, from the standard library."""

from math import erfc, inf, pi, sqrt, tan
from statistics import NormalDist

_NORMAL = NormalDist()


def normal_quantile(probability: float) -> float:
    """Give the quantile of the standard normal distribution."""
    return _NORMAL.inv_cdf(probability)


def normal_survival(z: float) -> float:
    """Give the probability that a standard normal variable exceeds z, exact in the far tail too."""
    return erfc(z / sqrt(2)) / 2


def t_quantile(probability: float, freedom: float = inf) -> float:
    """Give the quantile of Student's distribution, for degrees of freedom from 1 to infinity.

    Below 3 in closed form, of 1 or of 2; from there on the expansion of Cornish and Fisher (1937; Abramowitz and
    Stegun 26.7.5), within 2 in a thousand for 0.975.
    """
    if freedom < 2:  # noqa: PLR2004 - Cauchy's distribution
        return tan(pi * (probability - 0.5))
    if freedom < 3:  # noqa: PLR2004 - from here on the expansion holds
        return (2 * probability - 1) / sqrt(2 * probability * (1 - probability))
    return _expanded(normal_quantile(probability), freedom)


def _expanded(z: float, freedom: float) -> float:
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
