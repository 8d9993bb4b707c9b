"""How far two histograms on the same bins, or two sets of weighted numbers, are apart."""

from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitoring.numeric.quantiles import normal_survival
from monitoring.numeric.values import Floats

PSEUDO_COUNT = 0.5
"""Added to every bin (Jeffreys' prior), so that an empty one has a logarithm."""
DRIFT_BOUND = 0.1
"""Of PSI, in nats: a smaller shift is of no practical weight (docs/decisions/drift-bound.md)."""
LEVEL = 0.05
"""Of the one-sided test, so that `lower` is the end of a 95 % confidence interval."""
LEAST_SCORED = 100
"""Of fewer effective rows the test flags less than it claims: of 50, at the bound, 1 column in 70, not 1 in 20."""
HALVINGS = 40
LEAST_BINS = 2
"""One bin holds everything on both sides."""

Counts = NDArray[np.int64] | Floats
"""Rows by bin; a reference that was reweighted has fractions of rows."""


class Psi(NamedTuple):
    """The population stability index of two samples, in nats."""

    observed: float
    corrected: float
    """Less its bias: what sampling alone adds."""
    lower: float
    """The lower end of the one-sided 95 % confidence interval of the true one; 0 where no difference is shown."""
    p_value: float
    """How probable so large an observed one is, were the true one just the bound: below 0.05 if `lower` is above it."""


def psi(  # noqa: PLR0913 - two histograms, what each is worth, and what is tested
    now: Counts,
    reference: Counts,
    now_rows: float | None = None,
    reference_rows: float | None = None,
    bound: float = DRIFT_BOUND,
    *,
    along: tuple[float, float] | None = None,
) -> Psi:
    """Compute the population stability index Σ (p − q) ln(p / q) (Siddiqi 2006) with its uncertainty.

    `now_rows` and `reference_rows` are effective numbers of independent rows, without them the rows counted; `along` is
    both of them for the share of rows that moved (`monitoring.numeric.clustered`), without it the same. To the second
    order PSI is Pearson's statistic, so PSI / (1/n + 1/m) is a noncentral chi-square of k − 1 degrees of freedom
    (Yurdakul and Naranjo 2020), whose mean and variance, true PSI and all, give the bias, the test and its inversion.
    """
    if len(now) < LEAST_BINS:
        return Psi(0.0, 0.0, 0.0, 1.0)
    sizes = _size(now, now_rows), _size(reference, reference_rows)
    p, q = smoothed(now, sizes[0]), smoothed(reference, sizes[1])
    observed = float(np.sum((p - q) * np.log(p / q)))
    sampling = _Sampling(_unit(*sizes), _unit(*(along or sizes)), freedom=len(p) - 1)
    bias = sampling.unit * sampling.freedom
    return Psi(observed, observed - bias, sampling.least(observed), sampling.exceeds(observed, bound))


def influence(now: Counts, reference: Counts, now_rows: float, reference_rows: float) -> Floats:
    """Give what rows of each bin now add to PSI: its derivative by p."""
    p, q = smoothed(now, now_rows), smoothed(reference, reference_rows)
    found: Floats = np.log(p / q) + 1 - q / p
    return found


class _Sampling(NamedTuple):
    """What sampling does to a true PSI; a unit is the variance that both samples leave in a share, in shares of it."""

    unit: float
    along: float
    """The unit of the share of rows that moved."""
    freedom: int

    def exceeds(self, observed: float, true: float) -> float:
        """Give the probability of at least `observed` under `true`: a chi-square of the same mean and variance.

        Patnaik (1949) for the noncentral chi-square, Wilson and Hilferty (1931) for its cube root.
        """
        mean = true + self.freedom * self.unit
        variance = self.noise() + 4 * true * self.along
        spread = variance / (9 * mean**2)
        return normal_survival(((max(observed, 0.0) / mean) ** (1 / 3) - (1 - spread)) / sqrt(spread))

    def noise(self) -> float:
        """Give the variance without a difference: twice the squared units, one along the drift, the others even."""
        others = max(self.unit * self.freedom - self.along, 0.0)
        return 2 * (self.along**2 + others**2 / max(self.freedom - 1, 1))

    def least(self, observed: float) -> float:
        """Find the least true PSI under which `observed` is not improbable: the test, inverted (Wilson 1927)."""
        low, high = 0.0, observed
        if self.exceeds(observed, low) >= LEVEL:
            return low
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.exceeds(observed, middle) < LEVEL else (low, middle)
        return low


def jensen_shannon(now: Counts, reference: Counts) -> float:
    """Jensen-Shannon distance, base 2 (Endres and Schindelin 2003): 0 for equal shares, 1 for disjoint ones."""
    p, q = shares(now), shares(reference)
    middle = (p + q) / 2
    return float(np.sqrt(max(0.0, (_kullback_leibler(p, middle) + _kullback_leibler(q, middle)) / 2)))


def total_variation(now: Counts, reference: Counts) -> float:
    """Total variation distance: the share of rows that would have to move to another bin."""
    return float(np.abs(shares(now) - shares(reference)).sum() / 2)


def wasserstein(now: Floats, now_weights: Counts, reference: Floats, reference_weights: Counts) -> float:
    """First Wasserstein distance of two sets of weighted numbers: the area between their distribution functions."""
    places = np.concatenate([now, reference])
    weights = np.concatenate([now_weights / now_weights.sum(), -reference_weights / reference_weights.sum()])
    order = np.argsort(places, kind="stable")
    between = np.abs(np.cumsum(weights[order])[:-1])
    return float(np.sum(between * np.diff(places[order])))


def shares(counts: Counts) -> Floats:
    """Give each bin's share; of nothing, zeros."""
    total = float(counts.sum())
    return np.asarray(counts / total) if total > 0 else np.zeros(len(counts))


def smoothed(counts: Counts, rows: float | None = None) -> Floats:
    """Give each bin's share after adding the pseudo-count to `rows` rows so distributed: never zero."""
    size = float(counts.sum()) if rows is None else rows
    filled = shares(counts) * size + PSEUDO_COUNT
    found: Floats = filled / filled.sum()
    return found


def _unit(now_rows: float, reference_rows: float) -> float:
    return 1 / max(now_rows, 1.0) + 1 / max(reference_rows, 1.0)


def _size(counts: Counts, rows: float | None) -> float:
    return max(float(counts.sum()) if rows is None else rows, 1.0)


def _kullback_leibler(p: Floats, q: Floats) -> float:
    held = p > 0
    return float(np.sum(p[held] * np.log2(p[held] / q[held])))
