"""Explanations: how many minutes of an answer each group of features brought, against the background's rides.

Exact Shapley values (Shapley 1953) of the game that Lundberg and Lee (2017) play with a model: a coalition's features
are the ride's, the others those of each ride of the background in turn, and its worth is the mean answer.
"""

from collections.abc import Sequence
from itertools import product
from math import factorial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contracts.background import Background
from contracts.events import Explanation
from contracts.model import ModelCard
from rides.model import Matrix, Model, ModelUnusable
from rides.runtime import failures

TOGETHER: Final = {"hour": "time", "weekday": "time"}
"""Features that are explained as one; each other is a group of its own."""
DECIMALS: Final = 5

Numbers = NDArray[np.float64]


class Explainer:
    """Explains one model's answers."""

    def __init__(self, model: Model, features: Sequence[str], background: Matrix) -> None:
        self._model = model
        self._background = background
        self._groups = list(dict.fromkeys(TOGETHER.get(name, name) for name in features))
        coalitions = np.array(list(product((False, True), repeat=len(self._groups))))
        self._weights = _weights(coalitions)
        of_group = [self._groups.index(TOGETHER.get(name, name)) for name in features]
        self._between = coalitions[1:-1, of_group]
        self._base = float(np.mean(model.minutes(background)))

    def explain(self, rides: Matrix, minutes: Sequence[float]) -> list[Explanation]:
        """Explain the answers to rides of shape (rides, features); all their coalitions are asked at once."""
        worth = np.column_stack([np.full(len(rides), self._base), self._worth(rides), minutes])
        attributions = (worth @ self._weights).round(DECIMALS).tolist()
        return [
            Explanation(base_minutes=self._base, attributions=dict(zip(self._groups, of_ride, strict=True)))
            for of_ride in attributions
        ]

    def _worth(self, rides: Matrix) -> Numbers:
        """Give the mean answer for each ride and coalition, but for the empty one and that of all."""
        mixed = np.where(self._between[:, None, :], rides[:, None, None, :], self._background)
        answers = self._model.minutes(mixed.reshape(-1, mixed.shape[-1]))
        worth: Numbers = np.reshape(answers, mixed.shape[:-1]).mean(axis=-1)
        return worth


def load_explainer(model: Model, card: ModelCard, background: Background) -> Explainer:
    """Make an explainer; it has asked the model by then. Raises ModelUnusable."""
    try:
        return Explainer(model, card.features, model.matrix(list(background.rows())))
    except failures() as error:
        message = f"the background of {card.version} is none of its model: {type(error).__name__}: {error}"
        raise ModelUnusable(message) from error


def _weights(coalitions: NDArray[np.bool_]) -> Numbers:
    """Give what a coalition's worth counts for each member and, negatively, for each that is not; one row each."""
    players = coalitions.shape[1]
    size = coalitions.sum(axis=1, keepdims=True)
    joined = [factorial(max(n - 1, 0)) * factorial(players - n) for n in range(players + 1)]
    staying_out = [factorial(n) * factorial(max(players - n - 1, 0)) for n in range(players + 1)]
    weights: Numbers = np.where(coalitions, np.array(joined)[size], -np.array(staying_out)[size]) / factorial(players)
    return weights
