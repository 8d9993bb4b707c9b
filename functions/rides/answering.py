"""Answering: from rides to minutes."""

from collections.abc import Sequence
from typing import NamedTuple

from contracts.events import FeatureValue, KnownRide, ServedBy
from rides.answerer import Answerer
from rides.features import features_of
from rides.flags import flags_of

Features = dict[str, FeatureValue]


class Answer(NamedTuple):
    """What is said of one ride, and from what."""

    features: Features
    minutes: float
    naive_minutes: float
    flags: tuple[str, ...]
    served_by: ServedBy


def answer_rides(rides: Sequence[KnownRide], answerer: Answerer, *, hurried: bool = False) -> list[Answer]:
    """Answer rides, in order; when hurried, all by the fallback."""
    features = [features_of(ride) for ride in rides]
    minutes = [None] * len(rides) if hurried or not answerer.model else answerer.model.predict(features)
    return [_answer(known, took, answerer) for known, took in zip(features, minutes, strict=True)]


def _answer(features: Features, minutes: float | None, answerer: Answerer) -> Answer:
    naive = answerer.fallback.minutes(features)
    flags = (*flags_of(features), *(answerer.guard.flags(features) if answerer.guard else ()))
    if minutes is None or (answerer.guard and answerer.guard.served_by(flags) == "fallback"):
        return Answer(features, naive, naive, flags, "fallback")
    return Answer(features, minutes, naive, flags, "champion")
