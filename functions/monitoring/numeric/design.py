"""Rows of one day share its weather and its traffic: how alike they are, and how many independent rows they are worth.

Days are clusters (Kish 1965). Their likeness is measured once, on the reference's days, as an intraclass correlation;
a window of n rows on D days then has the variance of independent rows times 1 + (n/D − 1) × the correlation.
"""

from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitoring.numeric.drift import Counts
from monitoring.numeric.grouping import Groups, pooled
from monitoring.numeric.values import Floats

DAYS_A_WEEK = 7
"""Expected values by hour of the week are fitted to the same days: each weekday's residuals add up to nothing."""
LEAST_A_DAY = 1.0
"""Bins expected less than once a day are pooled: Pearson's statistic is wild where little is expected."""


class Daily(NamedTuple):
    """A measure of each day: its rows, their sum, the sum of their squares, the mean that is usual in its hours."""

    rows: Counts
    sums: Floats
    squares: Floats
    expected: Floats


def daily(days: NDArray[np.int64], values: Floats, expected: float) -> Daily:
    """Sum the rows' values by day."""
    ranks = np.unique(days, return_inverse=True)[1]
    rows = np.bincount(ranks)
    sums, squares = (np.bincount(ranks, measure).astype(np.float64) for measure in (values, values**2))
    return Daily(rows, sums, squares, np.full(len(rows), expected))


def share_correlation(days: Counts, expected: Floats, fitted: int = DAYS_A_WEEK) -> float:
    """Estimate the intraclass correlation of a column's shares from counts of shape (days, bins).

    `expected` holds the rows of each day spread by what is usual in its hours, of which `fitted` days' worth was
    learnt from the same days. Pearson's statistic of a day has the mean (k − 1)(1 + (n − 1) × correlation) where all
    bins are equally alike (Brier 1980), on average over the bins otherwise (Rao and Scott 1981); solved, at least 0.
    """
    groups = pooled(expected.sum(axis=0), LEAST_A_DAY * len(days))
    observed, usual = merged_days(days, groups), merged_days(expected, groups)
    bins, spare = observed.shape[1] - 1, len(days) - fitted
    pairs = (float(days.sum()) - len(days)) * spare / max(len(days), 1)
    if bins < 1 or spare < 1 or pairs <= 0:
        return 0.0
    pearson = np.sum(np.divide((observed - usual) ** 2, usual, out=np.zeros_like(usual), where=usual > 0))
    return _bounded((float(pearson) - spare * bins) / (bins * pairs))


def score_correlation(days: Counts, expected: Floats, scores: Floats, fitted: int = DAYS_A_WEEK) -> float:
    """Estimate the intraclass correlation of a score that each row has by its bin, as for `share_correlation`."""
    rows = days.sum(axis=1)
    usual = (expected @ scores) / np.maximum(expected.sum(axis=1), 1e-300)
    return mean_correlation(rows, days @ scores, days @ scores**2, usual, fitted)


def mean_correlation(rows: Counts, sums: Floats, squares: Floats, expected: Floats, fitted: int = DAYS_A_WEEK) -> float:
    """Estimate the intraclass correlation of a measure from each day's rows, sum and sum of squares.

    `expected` is the mean that is usual in each day's hours, as for `share_correlation`. The estimator is that of the
    analysis of variance (Fisher 1925; Donner and Koval 1980), between days about what is expected; at least 0.
    """
    held = rows > 0
    rows, sums, squares, expected = rows[held], sums[held], squares[held], expected[held]
    total, spare = float(rows.sum()), len(rows) - fitted
    if spare < 1 or total <= len(rows):
        return 0.0
    within = float(np.sum(squares - sums**2 / rows)) / (total - len(rows))
    between = float(np.sum(rows * (sums / rows - expected) ** 2)) / spare
    usual_rows = (total - float(np.sum(rows**2)) / total) / (len(rows) - 1)
    spread = between + (usual_rows - 1) * within
    return _bounded((between - within) / spread) if spread > 0 else 0.0


def ratio_residuals(
    errors: tuple[Floats, Floats], naive: tuple[Floats, Floats], gain: tuple[Floats, Floats], ratio: float
) -> tuple[Floats, Floats]:
    """Give each day's sum and sum of squares of |e| − ratio × |e naive|, whose correlation is the skill's.

    Each measure comes as its own sums and sums of squares; `gain` is of |e naive| − |e|, so 2 Σ |e| |e naive| is the
    sum of the other two's squares less its own.
    """
    crossed = errors[1] + naive[1] - gain[1]
    return errors[0] - ratio * naive[0], errors[1] + ratio**2 * naive[1] - ratio * crossed


def usual_days(days: Counts, weekdays: NDArray[np.int64]) -> Floats:
    """Spread the rows of each day as those of all the days of its weekday are: what to expect where hours are alike."""
    kinds = np.unique(weekdays, return_inverse=True)[1]
    sums = np.zeros((int(kinds.max(initial=-1)) + 1, days.shape[1]))
    np.add.at(sums, kinds, days)
    found: Floats = days.sum(axis=1, keepdims=True) * (sums / np.maximum(sums.sum(axis=1, keepdims=True), 1.0))[kinds]
    return found


def merged_days(days: Counts, groups: Groups) -> Floats:
    """Add up the counts of each group of bins, day by day."""
    found: Floats = days @ np.eye(int(groups.max(initial=-1)) + 1)[groups]
    return found


def design_effect(correlation: float, rows: float, days: float) -> float:
    """Give how many times more a mean of `rows` rows on `days` days varies than of independent ones (Kish 1965)."""
    return max(1.0, 1 + (rows / max(days, 1.0) - 1) * correlation)


def effective_rows(correlation: float, rows: float, days: float) -> float:
    """Give the number of independent rows that would say as much."""
    return rows / design_effect(correlation, rows, days)


def effective_days(day_rows: Counts) -> float:
    """Give the number of equally full days that would say as much: (Σ n)² / Σ n² (Kish 1965); 0 of no rows."""
    total = float(day_rows.sum())
    return total**2 / float(np.sum(np.asarray(day_rows, dtype=np.float64) ** 2)) if total else 0.0


def weighted_rows(rows: Counts, weights: Floats) -> float:
    """Give the number of equally weighted rows that would say as much: (Σ w m)² / Σ w² m (Kish 1965); 0 of no rows."""
    squares = float(np.sum(weights**2 * rows))
    return float(np.sum(weights * rows)) ** 2 / squares if squares > 0 else 0.0


def freedom_of(deff: float, rows: float, spare_days: float) -> float:
    """Give the degrees of freedom of a variance within days from `rows` rows, and between days from the reference's.

    Satterthwaite's approximation (1946). Between days it is what is left of the days' variance after the rows' own is
    taken off, which is known as if from half of `spare_days`, the reference's days less what was fitted to them.
    """
    within = 1 / deff
    noise = within**2 / max(rows - 1, 1.0) + (1 - within) ** 2 / max(spare_days / 2, 1.0)
    return 1 / noise if noise > 0 else inf


def _bounded(correlation: float) -> float:
    return min(max(correlation, 0.0), 1.0)
