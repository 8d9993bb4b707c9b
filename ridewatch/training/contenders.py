"""Who competes: the model, the linear model of the original course, the naive median."""

from collections.abc import Callable
from typing import Any

import numpy as np
from skl2onnx.sklapi import CastTransformer
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, TargetEncoder

from ridewatch.training.columns import Matrix

FEATURES = ("pickup_zone", "dropoff_zone", "distance", "hour", "weekday")
"""The inputs of every contender, in the order of its columns."""
ZONES = [0, 1]

Regressor = Any
Factory = Callable[[int], Regressor]
"""From a seed to an unfitted scikit-learn regressor of the matrix of FEATURES."""


def boosted_trees(seed: int) -> Pipeline:
    """Gradient-boosted trees on the absolute error; each zone also stands for the minutes of its rides."""
    folds = KFold(5, shuffle=True, random_state=seed)
    zones = TargetEncoder(target_type="continuous", cv=folds)
    inputs = ColumnTransformer(
        [("minutes_of_zone", zones, ZONES), ("as_is", "passthrough", list(range(len(FEATURES))))]
    )
    trees = HistGradientBoostingRegressor(
        loss="absolute_error",
        max_iter=100,
        learning_rate=0.18,
        max_leaf_nodes=31,
        early_stopping=False,
        random_state=seed,
    )
    # ONNX computes in float32; trees that split at float32 values split alike in both
    return make_pipeline(inputs, CastTransformer(dtype=np.float32), trees)


def linear(_seed: int) -> Pipeline:
    """Zone pair and distance into a linear regression, as the original course does it."""
    return make_pipeline(FunctionTransformer(_pairs), DictVectorizer(), LinearRegression())


def median(_seed: int) -> DummyRegressor:
    """Answer the median of all rides, whatever is asked."""
    return DummyRegressor(strategy="median")


BASELINES: dict[str, Factory] = {"linear": linear, "median": median}


def _pairs(matrix: Matrix) -> list[dict[str, Any]]:
    return [{"PU_DO": f"{row[0]:.0f}_{row[1]:.0f}", "trip_distance": row[2]} for row in matrix.tolist()]
