"""Predictions out of sample, and how wrong they are."""

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold

from contracts.model import Errors
from ridewatch.training.choice import Mask
from ridewatch.training.columns import Matrix
from ridewatch.training.contenders import Factory, Regressor

Minutes = NDArray[np.float64]
FOLDS = 5


def answers_of(regressor: Regressor, matrix: Matrix) -> Minutes:
    """Predict as serving does: never below 0."""
    answers: Minutes = np.maximum(regressor.predict(matrix), 0)
    return answers


def out_of_fold(factory: Factory, matrix: Matrix, minutes: Minutes, learnt: Mask, seed: int) -> Minutes:
    """Predict every ride by a model that learnt from the other folds, of those rides that are learnt from."""
    predicted = np.empty(len(matrix))
    for rest, fold in KFold(FOLDS, shuffle=True, random_state=seed).split(matrix):
        rows = rest[learnt[rest]]
        predicted[fold] = answers_of(factory(seed).fit(matrix[rows], minutes[rows]), matrix[fold])
    return predicted


def errors_of(predicted: Minutes, minutes: Minutes) -> Errors:
    """Measure errors = prediction − actual, in minutes."""
    errors = predicted - minutes
    return Errors(
        rows=len(errors),
        mae=float(np.abs(errors).mean()),
        rmse=float(np.sqrt((errors**2).mean())),
        bias=float(errors.mean()),
    )
