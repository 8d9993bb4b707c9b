"""What answers rides: a version's expert, the fallback, and the guard that decides between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from contracts.fallback import FallbackTable
from contracts.guard import GuardStatistics
from contracts.model import ArtifactName, ModelCard
from rides.expert import Expert, expert_of
from rides.fallback import Fallback, default_fallback
from rides.guard import Guard
from rides.model import ModelUnusable

BESIDE: Final[tuple[ArtifactName, ...]] = ("fallback", "guard", "uncertainty", "background")
"""The artifacts that stand beside the model; versions from before one was made do without."""


@dataclass(frozen=True)
class Answerer:
    """A model version, ready to answer."""

    expert: Expert | None
    """None: the fallback answers every ride."""
    fallback: Fallback
    guard: Guard | None = None


def answerer_of(card: ModelCard, bodies: Mapping[ArtifactName, bytes]) -> Answerer:
    """Make an answerer of a version's artifacts. Raises ModelUnusable."""
    try:
        return Answerer(expert_of(card, bodies), _fallback(bodies), _guard(bodies))
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
