"""How wrong answers are expected to be, and between which minutes rides take: learnt from errors out of fold."""

from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor

from contracts.model import IntervalCard
from ridewatch.training.columns import Matrix
from ridewatch.training.contenders import Factory, Regressor
from ridewatch.training.export import onnx_of_all
from ridewatch.training.judging import FoldModels, Minutes
from ridewatch.training.lesson import Lesson

COVERAGE = 0.8
TAIL = (1 - COVERAGE) / 2


class Doubts(NamedTuple):
    """What is not known of some answers, in minutes."""

    estimated_error: Minutes
    shortest: Minutes
    longest: Minutes


@dataclass(frozen=True)
class UncertaintyModels:
    """Regressors of the absolute error, and of low and high quantiles of what an answer lacks."""

    error: Regressor
    low: Regressor
    high: Regressor
    margin: float

    @property
    def card(self) -> IntervalCard:
        """Say what the intervals promise."""
        return IntervalCard(coverage=COVERAGE, margin=self.margin)

    def doubts(self, matrix: Matrix, answers: Minutes) -> Doubts:
        """Doubt the model's answers to some rides."""
        error, low, high = (asked.predict(matrix) for asked in (self.error, self.low, self.high))
        return _doubts(answers, error, low, high, self.margin)

    def onnx(self, matrix: Matrix) -> bytes:
        """Export all three as one graph. Raises ExportDisagrees."""
        return onnx_of_all({"error": self.error, "low": self.low, "high": self.high}, matrix)


def few_trees(seed: int, *, quantile: float | None = None) -> Regressor:
    """Few and small trees for the mean, or a quantile: more of them follow the errors' noise, and cover less."""
    return HistGradientBoostingRegressor(
        loss="squared_error" if quantile is None else "quantile",
        quantile=quantile,
        max_iter=20,
        learning_rate=0.3,
        max_leaf_nodes=8,
        early_stopping=False,
        random_state=seed,
    )


FACTORIES: tuple[Factory, ...] = (few_trees, partial(few_trees, quantile=TAIL), partial(few_trees, quantile=1 - TAIL))


def learn_uncertainty(lesson: Lesson, answers: Minutes, seed: int) -> tuple[UncertaintyModels, Doubts]:
    """Learn from answers out of fold how far off they were; give the doubts out of fold with it."""
    lacking, learnt = lesson.minutes - answers, lesson.chosen.learnt
    taught = list(zip(FACTORIES, (np.abs(lacking), lacking, lacking), strict=True))
    error, low, high = (
        FoldModels.taught(factory, lesson.matrix, target, learnt, seed).predict(lesson.matrix)
        for factory, target in taught
    )
    margin = round(margin_of(lacking[learnt], low[learnt], high[learnt]), 4)
    mean, least, most = (factory(seed).fit(lesson.matrix[learnt], target[learnt]) for factory, target in taught)
    return UncertaintyModels(mean, least, most, margin), _doubts(answers, error, low, high, margin)


def margin_of(values: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]) -> float:
    """Tell how far quantiles must move apart to hold COVERAGE of the values (Romano, Patterson and Candès 2019)."""
    scores = np.sort(np.maximum(low - values, values - high))
    return float(scores[min(ceil((len(scores) + 1) * COVERAGE), len(scores)) - 1])


def _doubts(answers: Minutes, error: Minutes, low: Minutes, high: Minutes, margin: float) -> Doubts:
    """Doubt answers as `rides.uncertainty` does."""
    shortest, longest = answers + np.minimum(low - margin, 0), answers + np.maximum(high + margin, 0)
    return Doubts(np.maximum(error, 0), np.maximum(shortest, 0), longest)
