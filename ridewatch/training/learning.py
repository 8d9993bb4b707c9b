"""All that is learnt from a lesson: the model, and what stands beside it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.guard import GuardStatistics
from contracts.model import ArtifactName
from rides.flags import flags_of
from rides.guard import Guard
from ridewatch.training.columns import Matrix, ride_features
from ridewatch.training.contenders import Factory, Regressor
from ridewatch.training.decisions import Answers, Guarded, Witnesses, guarded
from ridewatch.training.export import onnx_of
from ridewatch.training.fallback import MedianOfAlike, alike
from ridewatch.training.judging import FoldModels, Minutes, answers_of
from ridewatch.training.lesson import Lesson
from ridewatch.training.threads import on_one_thread
from ridewatch.training.uncertainty import Doubts, UncertaintyModels, learn_uncertainty


class Said(NamedTuple):
    """What is said of each of some rides, and whether it held."""

    predicted: Minutes
    """As served: by the fallback where the guard would have it so."""
    naive: Minutes
    estimated_error: Minutes
    """NaN of the fallback's answers."""
    covered: NDArray[np.float64]
    """1 where the interval held the ride's minutes, else 0; NaN of the fallback's answers and of rides not judged."""
    relative_distance: NDArray[np.float64]
    """See `rides.guard`; NaN where it is not known."""


@dataclass(frozen=True)
class Learnt:
    """What answers rides."""

    regressor: Regressor
    fallback: MedianOfAlike
    guard: GuardStatistics
    uncertainty: UncertaintyModels

    @on_one_thread
    def says(self, exam: Lesson) -> Said:
        """Say of rides what serving would."""
        answers = Answers(*(answers_of(asked, exam.matrix) for asked in (self.regressor, self.fallback)))
        doubts = self.uncertainty.doubts(exam.matrix, answers.model)
        return _said(exam, answers, doubts, self._guarded(exam.matrix))

    def artifacts(self, matrix: Matrix) -> dict[ArtifactName, bytes]:
        """Lay out what serving loads, held against what was learnt on these rides. Raises ExportDisagrees."""
        return {
            "model": onnx_of(self.regressor, matrix),
            "fallback": self.fallback.table.model_dump_json().encode(),
            "guard": self.guard.model_dump_json().encode(),
            "uncertainty": self.uncertainty.onnx(matrix),
        }

    def _guarded(self, matrix: Matrix) -> Guarded:
        guard, rides = Guard(self.guard), list(ride_features(matrix))
        flags = ((*flags_of(ride), *guard.flags(ride)) for ride in rides)
        by_fallback = np.array([guard.served_by(carried) == "fallback" for carried in flags])
        relative = [guard.relative_distance(ride) for ride in rides]
        return Guarded(self.guard, by_fallback, np.array(relative, dtype=np.float64))


def learn(lesson: Lesson, factory: Factory, seed: int) -> tuple[Learnt, Said]:
    """Learn from a lesson; give with it what would have been said of each ride by what learnt from others."""
    witnesses = Witnesses(*(_folds(lesson, made, seed) for made in (factory, alike)))
    answers = witnesses.answers(lesson.matrix)
    found = guarded(lesson, witnesses, answers, seed)
    uncertainty, doubts = learn_uncertainty(lesson, answers.model, seed)
    learnt = Learnt(lesson.taught(factory, seed), lesson.taught(alike, seed), found.statistics, uncertainty)
    return learnt, _said(lesson, answers, doubts, found)


def _folds(lesson: Lesson, factory: Factory, seed: int) -> FoldModels:
    return FoldModels.taught(factory, lesson.matrix, lesson.minutes, lesson.chosen.learnt, seed)


def _said(lesson: Lesson, answers: Answers, doubts: Doubts, guarded: Guarded) -> Said:
    covered = (doubts.shortest <= lesson.minutes) & (lesson.minutes <= doubts.longest)
    return Said(
        predicted=np.where(guarded.by_fallback, answers.fallback, answers.model),
        naive=answers.fallback,
        estimated_error=np.where(guarded.by_fallback, np.nan, doubts.estimated_error),
        covered=np.where(lesson.chosen.judged & ~guarded.by_fallback, covered, np.nan),
        relative_distance=guarded.relative_distance,
    )
