"""Who answers the rides of each flag: decided on rides that neither the model nor the fallback learnt from."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.guard import Decision, GuardStatistics
from rides.flags import FARTHEST, FLAGS, flags_of
from rides.guard import FARTHEST_COUNTED, Guard
from ridewatch.training.choice import Mask
from ridewatch.training.columns import Matrix, ride_features
from ridewatch.training.guard import DISTANCE, Watch, statistics_of
from ridewatch.training.judging import FoldModels, Minutes
from ridewatch.training.lesson import Lesson

ODD_SHARE = 0.005
"""Of the rides that are learnt from, how many are flagged as odd, out of fold."""
LEAST_EVIDENCE = 30
ABSURD = 2 * FARTHEST
MADE_RIDES = 2_000
Flags = NDArray[np.object_]
"""Of each ride, a tuple."""


class Witnesses(NamedTuple):
    """Who is asked of rides that they did not learn from."""

    model: FoldModels
    fallback: FoldModels

    def answers(self, matrix: Matrix, asked: Mask | None = None) -> "Answers":
        """Answer the taught rides, with these features, as serving does."""
        return Answers(*(np.maximum(taught.predict(matrix, asked), 0) for taught in self))


class Answers(NamedTuple):
    """What each says of the same rides, in minutes."""

    model: Minutes
    fallback: Minutes


class Guarded(NamedTuple):
    """A guard, and what it would have made of each ride, out of fold."""

    statistics: GuardStatistics
    by_fallback: Mask
    relative_distance: Minutes
    """In spreads, as serving's rides are compared by it; NaN where it is not known."""


def guarded(lesson: Lesson, witnesses: Witnesses, answers: Answers, seed: int) -> Guarded:
    """Learn what is usual, and decide who answers what is not; `answers` are the witnesses' of the lesson."""
    learnt = lesson.chosen.learnt
    watches = FoldModels.taught(lambda _: Watch(), lesson.matrix, lesson.minutes, learnt, seed)
    deviations = watches.predict(lesson.matrix)
    odd_beyond = round(float(np.quantile(np.abs(np.nan_to_num(deviations))[learnt], 1 - ODD_SHARE)), 2)
    flags = _flags(watches, lesson.matrix, odd_beyond)
    decided = {"odd_beyond": odd_beyond, "decisions": _decisions(lesson, witnesses, answers, flags)}
    statistics = statistics_of(lesson.matrix[learnt]).model_copy(update=decided)
    served_by = map(Guard(statistics).served_by, flags)
    by_fallback = np.array([by == "fallback" for by in served_by])
    return Guarded(statistics, by_fallback, _relative(deviations, lesson.matrix))


def _relative(deviations: Minutes, matrix: Matrix) -> Minutes:
    bounded = np.clip(deviations, -FARTHEST_COUNTED, FARTHEST_COUNTED)
    return np.where(matrix[:, DISTANCE] <= FARTHEST, bounded, np.nan)


def _flags(watches: FoldModels, matrix: Matrix, odd_beyond: float) -> Flags:
    """Flag every ride by what is usual of the others."""
    rides = list(ride_features(matrix))
    flags = np.empty(len(rides), dtype=object)
    for fold, watch in zip(watches.folds, watches.regressors, strict=True):
        guard = Guard(watch.statistics.model_copy(update={"odd_beyond": odd_beyond}))
        for ride in fold.tolist():
            flags[ride] = (*flags_of(rides[ride]), *guard.flags(rides[ride]))
    return flags


def _decisions(lesson: Lesson, witnesses: Witnesses, answers: Answers, flags: Flags) -> dict[str, Decision]:
    """Decide flag by flag; what an earlier flag gave to the fallback says nothing of a later one."""
    decided: dict[str, Decision] = {}
    undecided = lesson.chosen.judged.copy()
    for flag in FLAGS:
        carried = np.array([flag in carries for carries in flags])
        found = decision_on(answers, lesson.minutes, carried & undecided)
        decided[flag] = found if found.rides >= LEAST_EVIDENCE else _made(lesson, witnesses, flag) or found
        if decided[flag].served_by == "fallback":
            undecided &= ~carried
    return decided


def decision_on(answers: Answers, minutes: Minutes, rides: Mask, *, made: bool = False) -> Decision:
    """Let the fallback answer if it was no worse on these rides, surely: by a standard error of the difference."""
    model, fallback = (np.abs(answer[rides] - minutes[rides]) for answer in answers)
    count = len(model)
    if not count:
        return Decision(served_by="champion", rides=0)
    worse = fallback - model
    surely_not = count >= LEAST_EVIDENCE and worse.mean() + worse.std() / np.sqrt(count) <= 0
    return Decision(
        served_by="fallback" if surely_not else "champion",
        rides=count,
        model_mae=round(float(model.mean()), 3),
        fallback_mae=round(float(fallback.mean()), 3),
        made=made,
    )


def _made(lesson: Lesson, witnesses: Witnesses, flag: str) -> Decision | None:
    """Judge rides whose distance was made wrong, if that is what the flag is about."""
    within = lesson.matrix[:, 0] == lesson.matrix[:, 1]
    flaws = {
        "zero_between_zones": (~within, 0.0),
        "zero_distance": (within, 0.0),
        "absurd_distance": (within | ~within, ABSURD),
    }
    if flag not in flaws:
        return None
    rides, distance = flaws[flag]
    asked = _some(rides & lesson.chosen.learnt)
    flawed = lesson.matrix.copy()
    flawed[:, DISTANCE] = distance
    return decision_on(witnesses.answers(flawed, asked), lesson.minutes, asked, made=True)


def _some(rides: Mask) -> Mask:
    """Keep MADE_RIDES at most, evenly over the rides' time."""
    rows = np.flatnonzero(rides)
    some: Mask = np.zeros(len(rides), dtype=bool)
    some[rows[:: max(1, len(rows) // MADE_RIDES)]] = True
    return some
