"""What answers rides: a version's model, and what stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from contracts.fallback import FallbackTable
from contracts.guard import GuardStatistics
from contracts.model import ArtifactName, ModelCard
from rides.fallback import Fallback, default_fallback
from rides.guard import Guard
from rides.model import Model, ModelUnusable, example, load_model
from rides.uncertainty import Uncertainty, load_uncertainty

BESIDE: Final[tuple[ArtifactName, ...]] = ("fallback", "guard", "uncertainty")
"""The artifacts that stand beside the model; versions from before one was made do without."""


@dataclass(frozen=True)
class Answerer:
    """A model version, ready to answer."""

    model: Model | None
    """None: the fallback answers every ride."""
    fallback: Fallback
    guard: Guard | None = None
    uncertainty: Uncertainty | None = None


def answerer_of(card: ModelCard, bodies: Mapping[ArtifactName, bytes]) -> Answerer:
    """Make an answerer of a version's artifacts. Raises ModelUnusable."""
    model = load_model(bodies["model"], card)
    try:
        return Answerer(model, _fallback(bodies), _guard(bodies), _uncertainty(bodies, card, model))
    except ValidationError as error:
        message = f"an artifact of {card.version} is not of its shape: {error}"
        raise ModelUnusable(message) from error


def without_model() -> Answerer:
    """Give what answers while no model was ever loaded."""
    return Answerer(None, default_fallback())


def _fallback(bodies: Mapping[ArtifactName, bytes]) -> Fallback:
    body = bodies.get("fallback")
    return Fallback(FallbackTable.model_validate_json(body)) if body else default_fallback()


def _guard(bodies: Mapping[ArtifactName, bytes]) -> Guard | None:
    body = bodies.get("guard")
    return Guard(GuardStatistics.model_validate_json(body)) if body else None


def _uncertainty(bodies: Mapping[ArtifactName, bytes], card: ModelCard, model: Model) -> Uncertainty | None:
    body = bodies.get("uncertainty")
    return load_uncertainty(body, card, model.matrix([example()])) if body else None
