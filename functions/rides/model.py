"""The model: an ONNX graph from a matrix of features to minutes."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from contracts.events import FeatureValue, KnownRide
from contracts.model import ModelCard
from rides.features import features_of
from rides.runtime import failures, session_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Row = Mapping[str, FeatureValue]
Matrix = NDArray[np.float32]


class ModelUnusable(Exception):
    """The bytes are no model, or not one of the features that its card lists."""


class Model:
    """A model that is ready to answer."""

    def __init__(self, session: "InferenceSession", features: Sequence[str]) -> None:
        self._session = session
        self._features = tuple(features)
        self._input = session.get_inputs()[0].name

    def matrix(self, rows: Sequence[Row]) -> Matrix:
        """Lay out the model's inputs, of shape (rides, features)."""
        return np.array([[row[name] for name in self._features] for row in rows], dtype=np.float32)

    def minutes(self, matrix: Matrix) -> list[float]:
        """Give the minutes of each row, never below 0."""
        (answers,) = self._session.run(None, {self._input: matrix})
        minutes: list[float] = np.maximum(answers, 0).ravel().tolist()
        return minutes


def load_model(onnx: bytes, card: ModelCard) -> Model:
    """Make a model of an ONNX graph; it has answered an example by then. Raises ModelUnusable."""
    try:
        model = Model(session_of(onnx), card.features)
        answers = model.minutes(model.matrix([example()]))
    except failures() as error:
        message = f"model {card.version} cannot be run on {', '.join(card.features)}: {type(error).__name__}: {error}"
        raise ModelUnusable(message) from error
    if len(answers) != 1 or not isfinite(answers[0]):
        message = f"model {card.version} answers an ordinary ride with {answers}"
        raise ModelUnusable(message)
    return model


def example() -> Row:
    """Give the features of an ordinary ride."""
    moment = datetime(2019, 3, 6, 17, 30, tzinfo=UTC)
    ride = KnownRide(ride_id="example", pickup_zone=161, dropoff_zone=236, distance=1.5, pickup_time=moment)
    return features_of(ride)
