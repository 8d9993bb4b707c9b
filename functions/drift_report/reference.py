"""The reference of a model version, from S3."""

import gzip
import json
import zlib
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from adapters.errors import ObjectCorrupt
from adapters.models import ModelStore
from contracts.model import ModelCard
from contracts.profile import Profile

Columns = dict[str, list[Any]]


@dataclass(frozen=True)
class Reference:
    """What a window is held against."""

    profile: Profile
    sample: Columns
    """Some rows of it, for Evidently."""
    judged_minutes: tuple[float, float]
    """The durations that the model is judged on."""


def reference_of(models: ModelStore, version: str) -> Reference:
    """Load the reference of a version. Raises ObjectMissing, ObjectCorrupt, StoreUnavailable."""
    card = models.card(version)
    return Reference(_profile(models, card), _sample(models, card), card.judged_minutes)


def _profile(models: ModelStore, card: ModelCard) -> Profile:
    try:
        return Profile.model_validate_json(models.artifact(card, "profile"))
    except ValidationError as error:
        message = f"the profile of {card.version} is none: {error.error_count()} problems"
        raise ObjectCorrupt(message) from error


def _sample(models: ModelStore, card: ModelCard) -> Columns:
    try:
        columns: Columns = json.loads(gzip.decompress(models.artifact(card, "reference")))["columns"]
    except (gzip.BadGzipFile, zlib.error, EOFError, ValueError, KeyError) as error:
        message = f"the reference sample of {card.version} is none: {error}"
        raise ObjectCorrupt(message) from error
    return columns
