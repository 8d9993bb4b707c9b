"""Predictions out of sample, and how wrong they are."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold

from contracts.model import Errors
from ridewatch.training.choice import Mask
from ridewatch.training.columns import Matrix
from ridewatch.training.contenders import Factory, Regressor

Minutes = NDArray[np.float64]
Rows = NDArray[np.int64]
FOLDS = 5


class FoldModels(NamedTuple):
    """Regressors that each learnt from the rides of all folds but one."""

    folds: tuple[Rows, ...]
    regressors: tuple[Regressor, ...]

    @classmethod
    def taught(cls, factory: Factory, matrix: Matrix, targets: Minutes, learnt: Mask, seed: int) -> Self:
        """Teach one for each fold, by those rides of the others that are learnt from."""
        splits = list(KFold(FOLDS, shuffle=True, random_state=seed).split(matrix))
        taught = [rest[learnt[rest]] for rest, _ in splits]
        regressors = tuple(factory(seed).fit(matrix[rows], targets[rows]) for rows in taught)
        return cls(tuple(fold for _, fold in splits), regressors)

    def predict(self, matrix: Matrix, asked: Mask | None = None) -> Minutes:
        """Predict every ride, or those asked, by the one that did not learn from it; row by row the taught rides."""
        predicted = np.full(len(matrix), np.nan)
        for fold, regressor in zip(self.folds, self.regressors, strict=True):
            rows = fold if asked is None else fold[asked[fold]]
            predicted[rows] = regressor.predict(matrix[rows])
        return predicted


def answers_of(regressor: Regressor, matrix: Matrix) -> Minutes:
    """Predict as serving does: never below 0."""
    answers: Minutes = np.maximum(regressor.predict(matrix), 0)
    return answers


def errors_of(predicted: Minutes, minutes: Minutes) -> Errors:
    """Measure errors = prediction − actual, in minutes."""
    errors = predicted - minutes
    return Errors(
        rows=len(errors),
        mae=float(np.abs(errors).mean()),
        rmse=float(np.sqrt((errors**2).mean())),
        bias=float(errors.mean()),
    )
