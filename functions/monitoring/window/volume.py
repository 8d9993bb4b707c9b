"""Whether a window holds as many rows as the same hours of earlier weeks did."""

from math import sqrt
from typing import NamedTuple

import numpy as np

from monitoring.numeric.drift import Counts
from monitoring.numeric.intervals import TWO_SIDED, Interval
from monitoring.numeric.quantiles import normal_quantile, t_quantile

LEAST_WEEKS = 2
"""One week alone does not tell how much weeks differ."""
LEAST_USUAL = 5.0
"""An hour that usually holds fewer is silent by chance: of Poisson's mean 5, in 1 of 150."""


class Volume(NamedTuple):
    """The rows of a window beside those of the same hours in earlier weeks."""

    rows: int
    expected: Interval | None
    """What another such week would hold; None where there are too few weeks to tell."""
    silent: tuple[int, ...]
    """The hours of the window, from 0, without a row although earlier weeks held at least 5 in them on average."""

    @property
    def usual(self) -> bool | None:
        """Tell whether the rows are as many as expected; None where nothing is."""
        return None if self.expected is None else self.expected.lower <= self.rows <= self.expected.upper


def volume_of(now: Counts, earlier: Counts) -> Volume:
    """Compare rows by hour with those of the same hours in earlier weeks, of shape (weeks, hours)."""
    usual = earlier.mean(axis=0) if len(earlier) >= LEAST_WEEKS else np.zeros(len(now))
    silent = np.flatnonzero((now == 0) & (usual >= LEAST_USUAL))
    return Volume(int(now.sum()), _expected(earlier), tuple(silent.tolist()))


def _expected(earlier: Counts) -> Interval | None:
    """Predict one more week's total from those of earlier weeks, never more surely than Poisson's law would.

    Quasi-Poisson (Wedderburn 1974): the spread is that of the weeks themselves, by Student's quantile of k − 1 degrees
    of freedom, times √(1 + 1/k) for the mean's own uncertainty. Hours of a week are taken together: they share its
    weather and its holidays.
    """
    weeks, totals = len(earlier), earlier.sum(axis=1)
    if weeks < LEAST_WEEKS:
        return None
    mean, spread = float(totals.mean()), float(totals.std(ddof=1))
    surely = max(t_quantile(TWO_SIDED, weeks - 1) * spread, normal_quantile(TWO_SIDED) * sqrt(mean))
    half = surely * sqrt(1 + 1 / weeks)
    return Interval(mean, max(0.0, mean - half), mean + half)
