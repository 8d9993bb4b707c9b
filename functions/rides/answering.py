"""Answering: from rides to minutes."""

from collections.abc import Sequence
from typing import NamedTuple

from contracts.events import FeatureValue, KnownRide, ServedBy
from rides.features import features_of
from rides.flags import flags_of
from rides.model import Model


class Answer(NamedTuple):
    """What the model says of one ride, and from what."""

    features: dict[str, FeatureValue]
    minutes: float
    flags: tuple[str, ...]
    served_by: ServedBy = "champion"


def answer_rides(rides: Sequence[KnownRide], model: Model) -> list[Answer]:
    """Answer rides, in order."""
    features = [features_of(ride) for ride in rides]
    minutes = model.predict(features)
    return [Answer(known, took, flags_of(ride)) for ride, known, took in zip(rides, features, minutes, strict=True)]
