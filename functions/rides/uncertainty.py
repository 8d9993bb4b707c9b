"""Uncertainty: how wrong an answer is expected to be, and between which minutes the ride will take."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from contracts.model import ModelCard
from rides.model import Matrix, ModelUnusable
from rides.runtime import failures, session_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class Doubt(NamedTuple):
    """What is not known of one answer, in minutes."""

    estimated_error: float
    """The absolute error that is expected of it."""
    interval: tuple[float, float]
    """The card's share of such rides takes between these."""


class Uncertainty:
    """An ONNX graph from the model's inputs to the mean absolute error, and to low and high quantiles of the rest."""

    def __init__(self, session: "InferenceSession", margin: float) -> None:
        self._session = session
        self._margin = margin
        self._input = session.get_inputs()[0].name

    def of(self, matrix: Matrix, minutes: Sequence[float]) -> list[Doubt]:
        """Doubt the answers to these rows."""
        outputs = self._session.run(None, {self._input: matrix})
        error, low, high = (output.ravel().tolist() for output in outputs)
        return list(map(self._doubt, minutes, error, low, high))

    def _doubt(self, minutes: float, error: float, low: float, high: float) -> Doubt:
        """Doubt one answer; its interval holds it, and no ride takes less than nothing."""
        shortest = minutes + min(low - self._margin, 0.0)
        longest = minutes + max(high + self._margin, 0.0)
        return Doubt(max(error, 0.0), (max(shortest, 0.0), longest))


def load_uncertainty(onnx: bytes, card: ModelCard, rides: Matrix) -> Uncertainty:
    """Make it of an ONNX graph; it has doubted these rides by then. Raises ModelUnusable."""
    try:
        uncertainty = Uncertainty(session_of(onnx), card.interval.margin if card.interval else 0.0)
        uncertainty.of(rides, [0.0] * len(rides))
    except failures() as error:
        message = f"the uncertainty of {card.version} cannot be run: {type(error).__name__}: {error}"
        raise ModelUnusable(message) from error
    return uncertainty
