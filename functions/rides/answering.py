"""Answering: from rides to minutes."""

from collections.abc import Sequence
from typing import NamedTuple

from contracts.events import FeatureValue, KnownRide, ServedBy
from rides.answerer import Answerer
from rides.features import features_of
from rides.flags import flags_of
from rides.uncertainty import Doubt

Features = dict[str, FeatureValue]


class Answer(NamedTuple):
    """What is said of one ride, and from what."""

    features: Features
    minutes: float
    naive_minutes: float
    flags: tuple[str, ...]
    served_by: ServedBy
    doubt: Doubt | None = None
    """Of the model's answers."""


class Said(NamedTuple):
    """What the model says of one ride."""

    minutes: float
    doubt: Doubt | None


def answer_rides(rides: Sequence[KnownRide], answerer: Answerer, *, hurried: bool = False) -> list[Answer]:
    """Answer rides, in order; when hurried, all by the fallback."""
    features = [features_of(ride) for ride in rides]
    said = [None] * len(rides) if hurried else _said(features, answerer)
    return [_answer(known, heard, answerer) for known, heard in zip(features, said, strict=True)]


def _said(features: Sequence[Features], answerer: Answerer) -> Sequence[Said | None]:
    if not answerer.model:
        return [None] * len(features)
    matrix = answerer.model.matrix(features)
    minutes = answerer.model.minutes(matrix)
    doubts = answerer.uncertainty.of(matrix, minutes) if answerer.uncertainty else [None] * len(minutes)
    return [Said(took, doubt) for took, doubt in zip(minutes, doubts, strict=True)]


def _answer(features: Features, said: Said | None, answerer: Answerer) -> Answer:
    naive = answerer.fallback.minutes(features)
    flags = (*flags_of(features), *(answerer.guard.flags(features) if answerer.guard else ()))
    if said is None or (answerer.guard and answerer.guard.served_by(flags) == "fallback"):
        return Answer(features, naive, naive, flags, "fallback")
    return Answer(features, said.minutes, naive, flags, "champion", said.doubt)
