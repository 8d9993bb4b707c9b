"""Answering: from rides to minutes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from contracts.events import Explanation, FeatureValue, KnownRide, ServedBy
from rides.answerer import Answerer
from rides.expert import Said
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
    """Of the model's answers, as the explanation is."""
    explanation: Explanation | None = None


def answer_rides(rides: Sequence[KnownRide], answerer: Answerer, explained: Sequence[bool] = ()) -> list[Answer]:
    """Answer rides, in order, and explain those that shall be."""
    features = [features_of(ride) for ride in rides]
    said = answerer.expert.says(features, explained) if answerer.expert else [None] * len(features)
    return [_answer(known, heard, answerer) for known, heard in zip(features, said, strict=True)]


def answer_in_haste(rides: Sequence[KnownRide], answerer: Answerer) -> list[Answer]:
    """Answer rides, in order, by the fallback alone."""
    return answer_rides(rides, replace(answerer, expert=None))


def _answer(features: Features, said: Said | None, answerer: Answerer) -> Answer:
    naive = answerer.fallback.minutes(features)
    flags = (*flags_of(features), *(answerer.guard.flags(features) if answerer.guard else ()))
    if said is None or (answerer.guard and answerer.guard.served_by(flags) == "fallback"):
        return Answer(features, naive, naive, flags, "fallback")
    return Answer(features, said.minutes, naive, flags, "champion", said.doubt, said.explanation)
