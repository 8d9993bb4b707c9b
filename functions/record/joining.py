"""Joining: which actual a prediction carries. Values in, values out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from contracts.joining import Label, PredictedRide, Problem, ToldActual

MAX_MINUTES: Final = 1_500
SECONDS_PER_MINUTE: Final = 60


class Joined(NamedTuple):
    """What is to be written to bring predictions and actuals together."""

    labels: list[Label]
    problems: dict[str, Problem]
    """By actual_id: why it is no duration."""


def join(predictions: Iterable[PredictedRide], actuals: Iterable[ToldActual]) -> Joined:
    """Find the label of every prediction whose ride was told a newer possible actual than the one it carries."""
    told = defaultdict(list)
    for actual in actuals:
        told[actual.ride_id].append(actual)
    pairs = [(prediction, told[prediction.ride_id]) for prediction in predictions]
    labels = [label for pair in pairs if (label := _label(*pair))]
    return Joined(labels, _problems(pairs))


def corrections(actuals: Iterable[ToldActual]) -> list[str]:
    """Find the actuals that are not the first of their ride: of n actuals n - 1, whatever the order they came in.

    A ride's first actual only ever becomes an earlier one, so whoever was marked as a correction stays one.
    """
    told = sorted(actuals, key=lambda actual: actual.rank)
    first = {actual.ride_id: actual.actual_id for actual in reversed(told)}
    return [actual.actual_id for actual in told if first[actual.ride_id] != actual.actual_id]


def _label(prediction: PredictedRide, told: Sequence[ToldActual]) -> Label | None:
    possible = [actual for actual in told if not _problem(actual, prediction)]
    latest = max(possible, key=lambda actual: actual.rank, default=None)
    if latest is None or (prediction.joined and latest.rank <= prediction.joined):
        return None
    return Label(prediction.prediction_id, _minutes(latest, prediction), latest, prediction.joined)


def _problems(pairs: Iterable[tuple[PredictedRide, Sequence[ToldActual]]]) -> dict[str, Problem]:
    found = {
        (actual.actual_id, problem)
        for prediction, told in pairs
        for actual in told
        if (problem := _problem(actual, prediction))
    }
    return dict(sorted(found))


def _problem(actual: ToldActual, prediction: PredictedRide) -> Problem | None:
    minutes = _minutes(actual, prediction)
    if minutes < 0:
        return "dropoff_before_pickup"
    return "too_long" if minutes > MAX_MINUTES else None


def _minutes(actual: ToldActual, prediction: PredictedRide) -> float:
    if actual.duration_minutes is not None:
        return actual.duration_minutes
    if actual.dropoff_time is None:
        message = f"actual {actual.actual_id} tells no duration"
        raise ValueError(message)
    return (actual.dropoff_time - prediction.pickup_time).total_seconds() / SECONDS_PER_MINUTE
