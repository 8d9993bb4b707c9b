"""The domain classifier: whether now's rows can be told from the reference's, all columns together, and by which.

Drift of the joint distribution (Lopez-Paz and Oquab 2017): a classifier that never saw a row ranks it; an area under
the ROC curve of 0.5 says that it cannot tell.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.profile import Column
from monitoring.numeric.auc import Area, area_under_curve, placement_variance
from monitoring.numeric.design import (
    Daily,
    daily,
    design_effect,
    effective_days,
    freedom_of,
    mean_correlation,
    weighted_rows,
)
from monitoring.numeric.drift import DRIFT_BOUND
from monitoring.numeric.encoding import Design, encoded, stacked
from monitoring.numeric.intervals import TWO_SIDED, Interval
from monitoring.numeric.logistic import fitted
from monitoring.numeric.quantiles import normal_survival, t_quantile
from monitoring.numeric.values import Floats, Values

FOLDS = 5
LEAST_ROWS = 200
"""Of either side, effective: below, the first of the five folds teaches nothing."""
AUC_BOUND = normal_survival(-sqrt(DRIFT_BOUND / 2))
"""The area of two normal distributions of equal spread whose PSI is the drift bound: 0.588."""


class Side(NamedTuple):
    """Rows of now or of the reference; columns with a cycle are the caller's to leave out."""

    columns: Mapping[str, Values]
    weights: Floats | None = None
    """Of each row: the reference's weigh it to the window's hours of the week."""
    days: NDArray[np.int64] | None = None
    """Of each row: no day is both learnt from and ranked, if there are as many as folds. Else every fifth row is."""


class Domain(NamedTuple):
    """How well now's rows can be told from the reference's."""

    auc: Interval
    separation: dict[str, float]
    """What each column adds to the mean log odds of now's rows over the reference's, in nats: PSI, as it were, of the
    joint distribution, split among the columns. About 0, or below it, where a column tells nothing."""


class _Rows(NamedTuple):
    """One side's rows as the classifier takes them."""

    design: Design
    weights: Floats
    days: NDArray[np.int64]
    """Every row's own where they are not known."""
    folds: NDArray[np.int64]

    def take(self, rows: NDArray[np.bool_]) -> "_Rows":
        return _Rows(self.design.take(rows), self.weights[rows], self.days[rows], self.folds[rows])

    def deff(self, correlation: float) -> float:
        """Give the design effect of the days."""
        by_day = np.bincount(np.unique(self.days, return_inverse=True)[1], self.weights)
        return design_effect(
            correlation, weighted_rows(np.ones(len(self.weights)), self.weights), effective_days(by_day)
        )


class _Fold(NamedTuple):
    """One fold's rows, ranked by a classifier that learnt from the folds before it."""

    area: Area
    weights: tuple[Floats, Floats]
    days: Daily
    separation: Floats
    """By slot."""


def domain_of(columns: Sequence[Column], now: Side, reference: Side) -> Domain | None:
    """Rank each fold by a classifier that learnt from the folds before it; None of too few rows.

    Prequential (Dawid 1984) rather than crosswise: where every fold teaches every other, the folds' areas are alike
    in pairs and vary twice as much together as they say.
    """
    sizes = [_size(side) for side in (now, reference)]
    if min(sizes) < LEAST_ROWS:
        return None
    sides = [_prepared(columns, side, reference, min(sizes)) for side in (now, reference)]
    folds = list(_ranked(*sides))
    separation = np.mean([fold.separation for fold in folds], axis=0)
    return Domain(_interval(folds, *sides), _by_column(sides[0].design.owners, separation))


def _size(side: Side) -> float:
    weights = _weights(side)
    return weighted_rows(np.ones(len(weights)), weights)


def _weights(side: Side) -> Floats:
    rows = len(next(iter(side.columns.values()), ()))
    return np.ones(rows) if side.weights is None else side.weights


def _prepared(columns: Sequence[Column], side: Side, reference: Side, size: float) -> _Rows:
    """Lay out a side; both weigh as much as the smaller one, so that the ridge means the same whatever their sizes."""
    weights = _weights(side)
    held, design = weights > 0, encoded(columns, side.columns, reference.columns)
    days = (np.arange(len(weights)) if side.days is None else side.days)[held]
    return _Rows(design.take(held), weights[held] * (size / weights.sum()), days, _folds_of(days))


def _folds_of(days: NDArray[np.int64]) -> NDArray[np.int64]:
    distinct, ranks = np.unique(days, return_inverse=True)
    return (ranks if len(distinct) >= FOLDS else np.arange(len(days))).astype(np.int64) % FOLDS


def _ranked(now: _Rows, reference: _Rows) -> Iterator[_Fold]:
    start: Floats | None = None
    for number in range(1, FOLDS):
        taught = [side.take(side.folds < number) for side in (now, reference)]
        labels = np.arange(sum(len(side.weights) for side in taught)) < len(taught[0].weights)
        weights = np.concatenate([side.weights for side in taught])
        start = fitted(stacked(*(side.design for side in taught)), labels, weights, start)
        yield _fold(start, now.take(now.folds == number), reference.take(reference.folds == number))


def _fold(coefficients: Floats, now: _Rows, reference: _Rows) -> _Fold:
    parts = now.design.parts(coefficients), reference.design.parts(coefficients)
    area = area_under_curve(parts[0].sum(axis=1), parts[1].sum(axis=1), now.weights, reference.weights)
    means = np.average(parts[0], 0, now.weights), np.average(parts[1], 0, reference.weights)
    days = daily(reference.days, area.reference, area.value)
    return _Fold(area, (now.weights, reference.weights), days, means[0] - means[1])


def _interval(folds: Sequence[_Fold], now: _Rows, reference: _Rows) -> Interval:
    """Average the folds' areas: scores of different classifiers are never compared.

    Days are as alike as the reference's are in their placement values; of that each fold, with a direction of its own,
    knows little, so half as many days are counted as know it.
    """
    days = Daily(*map(np.concatenate, zip(*(fold.days for fold in folds), strict=True)))
    correlation = mean_correlation(*days, fitted=len(folds))
    deffs = now.deff(correlation), reference.deff(correlation)
    value = float(np.mean([fold.area.value for fold in folds]))
    variance = sum(
        placement_variance(fold.area.now, fold.weights[0]) * deffs[0]
        + placement_variance(fold.area.reference, fold.weights[1]) * deffs[1]
        for fold in folds
    )
    freedom = freedom_of(max(deffs), len(now.weights), (len(days.rows) - len(folds)) / 2)
    half = t_quantile(TWO_SIDED, freedom) * sqrt(variance) / len(folds)
    return Interval(value, max(0.0, value - half), min(1.0, value + half))


def _by_column(owners: Sequence[str], separation: Floats) -> dict[str, float]:
    found = dict.fromkeys(owners[1:], 0.0)
    for owner, part in zip(owners[1:], separation[1:].tolist(), strict=True):
        found[owner] += part
    return found
