"""The expert: the model, and what is known of its answers: how wrong they may be, and why they are what they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from contracts.background import Background
from contracts.events import Explanation
from contracts.model import ArtifactName, ModelCard
from rides.explanation import Explainer, load_explainer
from rides.model import Matrix, Model, Row, example, load_model
from rides.uncertainty import Doubt, Uncertainty, load_uncertainty


class Said(NamedTuple):
    """What the expert says of one ride."""

    minutes: float
    doubt: Doubt | None
    explanation: Explanation | None


@dataclass(frozen=True)
class Expert:
    """A model that knows its doubts and reasons, as far as its version has them."""

    model: Model
    uncertainty: Uncertainty | None = None
    explainer: Explainer | None = None

    def says(self, features: Sequence[Row], explained: Sequence[bool]) -> list[Said]:
        """Answer rides, in order, and explain those that shall be."""
        matrix = self.model.matrix(features)
        minutes = self.model.minutes(matrix)
        doubts = self.uncertainty.of(matrix, minutes) if self.uncertainty else [None] * len(minutes)
        reasons = self._explanations(matrix, minutes, explained)
        return [Said(*said, reasons.get(place)) for place, said in enumerate(zip(minutes, doubts, strict=True))]

    def _explanations(
        self, matrix: Matrix, minutes: Sequence[float], explained: Sequence[bool]
    ) -> dict[int, Explanation]:
        """Explain by place."""
        places = [place for place, asked in enumerate(explained) if asked]
        if not self.explainer or not places:
            return {}
        found = self.explainer.explain(matrix[places], [minutes[place] for place in places])
        return dict(zip(places, found, strict=True))


def expert_of(card: ModelCard, bodies: Mapping[ArtifactName, bytes]) -> Expert:
    """Make an expert of a version's artifacts. Raises ModelUnusable, ValidationError."""
    model = load_model(bodies["model"], card)
    uncertainty, background = bodies.get("uncertainty"), bodies.get("background")
    return Expert(
        model,
        load_uncertainty(uncertainty, card, model.matrix([example()])) if uncertainty else None,
        load_explainer(model, card, Background.model_validate_json(background)) if background else None,
    )
