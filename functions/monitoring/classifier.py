"""The domain classifier: whether now's rows can be told from the reference's, all columns together, and by which.

Drift of the joint distribution (Lopez-Paz and Oquab 2017): a classifier that never saw a row ranks it; an area under
the ROC curve of 0.5 says that it cannot tell.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import inf, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.profile import Column
from monitoring.auc import Area, area_under_curve
from monitoring.drift import DRIFT_BOUND
from monitoring.encoding import Design, encoded, stacked
from monitoring.intervals import TWO_SIDED, Interval
from monitoring.logistic import fitted
from monitoring.quantiles import normal_survival, t_quantile
from monitoring.values import Floats, Values

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
    deff: float = 1.0
    """The design effect of its days."""


class Domain(NamedTuple):
    """How well now's rows can be told from the reference's."""

    auc: Interval
    separation: dict[str, float]
    """What each column adds to the mean log odds of now's rows over the reference's, in nats: PSI, as it were, of the
    joint distribution, split among the columns. About 0, or below it, where a column tells nothing."""


class _Sides(NamedTuple):
    """One side's rows as the classifier takes them."""

    design: Design
    weights: Floats
    folds: NDArray[np.int64]

    def take(self, rows: NDArray[np.bool_]) -> "_Sides":
        return _Sides(self.design.take(rows), self.weights[rows], self.folds[rows])


class _Fold(NamedTuple):
    """One fold's rows, ranked by a classifier that learnt from the folds before it."""

    area: Area
    separation: Floats
    """By slot."""


def domain_of(columns: Sequence[Column], now: Side, reference: Side, freedom: float = inf) -> Domain | None:
    """Rank each fold by a classifier that learnt from the folds before it; None of too few rows.

    Prequential (Dawid 1984) rather than crosswise: where every fold teaches every other, the folds' areas are alike
    in pairs and vary twice as much together as they say.
    """
    sizes = [_size(side) for side in (now, reference)]
    if min(sizes) < LEAST_ROWS:
        return None
    sides = [_prepared(columns, side, reference, min(sizes)) for side in (now, reference)]
    folds = list(_ranked(*sides))
    return Domain(
        auc=_interval([fold.area for fold in folds], (now.deff, reference.deff), freedom),
        separation=_by_column(sides[0].design.owners, np.mean([fold.separation for fold in folds], axis=0)),
    )


def _size(side: Side) -> float:
    weights = _weights(side)
    return float(weights.sum()) ** 2 / max(float(np.sum(weights**2)), 1e-300)


def _weights(side: Side) -> Floats:
    rows = len(next(iter(side.columns.values()), ()))
    return np.ones(rows) if side.weights is None else side.weights


def _prepared(columns: Sequence[Column], side: Side, reference: Side, size: float) -> _Sides:
    """Lay out a side; both weigh as much as the smaller one, so that the ridge means the same whatever their sizes."""
    weights = _weights(side)
    held, design = weights > 0, encoded(columns, side.columns, reference.columns)
    days = None if side.days is None else side.days[held]
    return _Sides(design.take(held), weights[held] * (size / weights.sum()), _folds_of(days, int(held.sum())))


def _folds_of(days: NDArray[np.int64] | None, rows: int) -> NDArray[np.int64]:
    distinct, ranks = np.unique(np.arange(0) if days is None else days, return_inverse=True)
    return ranks.astype(np.int64) % FOLDS if len(distinct) >= FOLDS else np.arange(rows) % FOLDS


def _ranked(now: _Sides, reference: _Sides) -> Iterator[_Fold]:
    start: Floats | None = None
    for number in range(1, FOLDS):
        taught = [side.take(side.folds < number) for side in (now, reference)]
        labels = np.arange(sum(len(side.weights) for side in taught)) < len(taught[0].weights)
        weights = np.concatenate([side.weights for side in taught])
        start = fitted(stacked(*(side.design for side in taught)), labels, weights, start)
        yield _fold(start, now.take(now.folds == number), reference.take(reference.folds == number))


def _fold(coefficients: Floats, now: _Sides, reference: _Sides) -> _Fold:
    parts = now.design.parts(coefficients), reference.design.parts(coefficients)
    scores = parts[0].sum(axis=1), parts[1].sum(axis=1)
    means = np.average(parts[0], 0, now.weights), np.average(parts[1], 0, reference.weights)
    return _Fold(area_under_curve(*scores, now.weights, reference.weights), means[0] - means[1])


def _interval(areas: Sequence[Area], deffs: tuple[float, float], freedom: float) -> Interval:
    """Average the folds' areas: scores of different classifiers are never compared."""
    value = sum(area.value for area in areas) / len(areas)
    variance = sum(area.now_variance * deffs[0] + area.reference_variance * deffs[1] for area in areas)
    half = t_quantile(TWO_SIDED, freedom) * sqrt(variance) / len(areas)
    return Interval(value, max(0.0, value - half), min(1.0, value + half))


def _by_column(owners: Sequence[str], separation: Floats) -> dict[str, float]:
    found = dict.fromkeys(owners[1:], 0.0)
    for owner, part in zip(owners[1:], separation[1:].tolist(), strict=True):
        found[owner] += part
    return found
