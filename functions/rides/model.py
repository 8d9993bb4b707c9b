"""The model: an ONNX graph from a matrix of features to minutes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from contracts.events import FeatureValue
from contracts.model import ModelCard

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

    def predict(self, rows: Sequence[Row]) -> list[float]:
        """Give the minutes of each ride, never below 0."""
        return self.minutes(np.array([[row[name] for name in self._features] for row in rows], dtype=np.float32))

    def minutes(self, matrix: Matrix) -> list[float]:
        """Give the minutes of each row of a matrix of shape (rides, features)."""
        (answers,) = self._session.run(None, {self._input: matrix})
        minutes: list[float] = np.maximum(answers, 0).ravel().tolist()
        return minutes


def load_model(onnx: bytes, card: ModelCard) -> Model:
    """Make a model of an ONNX graph. Raises ModelUnusable."""
    session = _session(onnx)
    width = session.get_inputs()[0].shape[-1]
    if width != len(card.features):
        message = f"model {card.version} takes {width} features, its card lists {len(card.features)}"
        raise ModelUnusable(message)
    return Model(session, card.features)


def _session(onnx: bytes) -> "InferenceSession":
    # imported here, so that features and flags can be had without it
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415
    from onnxruntime.capi import onnxruntime_pybind11_state as failures  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # one ride takes microseconds; threads only wait
    try:
        return InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
    except (failures.InvalidProtobuf, failures.InvalidGraph, failures.Fail, failures.InvalidArgument) as error:
        message = f"onnxruntime cannot load the model: {error}"
        raise ModelUnusable(message) from error
