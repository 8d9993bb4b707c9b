"""Answering: from rides to minutes."""

from collections.abc import Sequence
from typing import NamedTuple

from contracts.events import FeatureValue, KnownRide, ServedBy
from rides.answerer import Answerer
from rides.features import features_of
from rides.flags import flags_of


class Answer(NamedTuple):
    """What is said of one ride, and from what."""

    features: dict[str, FeatureValue]
    minutes: float
    naive_minutes: float
    flags: tuple[str, ...]
    served_by: ServedBy = "champion"


def answer_rides(rides: Sequence[KnownRide], answerer: Answerer) -> list[Answer]:
    """Answer rides, in order."""
    features = [features_of(ride) for ride in rides]
    minutes = answerer.model.predict(features)
    return [
        Answer(known, took, answerer.fallback.minutes(known), flags_of(ride))
        for ride, known, took in zip(rides, features, minutes, strict=True)
    ]
