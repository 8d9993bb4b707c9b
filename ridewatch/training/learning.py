"""All that is learnt from a lesson: the model, and what stands beside it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from contracts.guard import GuardStatistics
from contracts.model import ArtifactName
from rides.flags import flags_of
from rides.guard import Guard
from ridewatch.training.choice import Mask
from ridewatch.training.columns import Matrix, ride_features
from ridewatch.training.contenders import Factory, Regressor
from ridewatch.training.decisions import Answers, Witnesses, guarded
from ridewatch.training.export import onnx_of
from ridewatch.training.fallback import MedianOfAlike, alike
from ridewatch.training.judging import FoldModels, Minutes, answers_of
from ridewatch.training.lesson import Lesson


class Said(NamedTuple):
    """What is said of each of some rides."""

    predicted: Minutes
    """As served: by the fallback where the guard would have it so."""
    naive: Minutes


@dataclass(frozen=True)
class Learnt:
    """What answers rides."""

    regressor: Regressor
    fallback: MedianOfAlike
    guard: GuardStatistics

    def says(self, matrix: Matrix) -> Said:
        """Say of rides what serving would."""
        answers = Answers(*(answers_of(asked, matrix) for asked in (self.regressor, self.fallback)))
        return _said(answers, self._by_fallback(matrix))

    def artifacts(self, matrix: Matrix) -> dict[ArtifactName, bytes]:
        """Lay out what serving loads, held against what was learnt on these rides. Raises ExportDisagrees."""
        return {
            "model": onnx_of(self.regressor, matrix),
            "fallback": self.fallback.table.model_dump_json().encode(),
            "guard": self.guard.model_dump_json().encode(),
        }

    def _by_fallback(self, matrix: Matrix) -> Mask:
        guard = Guard(self.guard)
        flags = ((*flags_of(ride), *guard.flags(ride)) for ride in ride_features(matrix))
        return np.array([guard.served_by(carried) == "fallback" for carried in flags])


def learn(lesson: Lesson, factory: Factory, seed: int) -> tuple[Learnt, Said]:
    """Learn from a lesson; give with it what would have been said of each ride by what learnt from others."""
    witnesses = Witnesses(*(_folds(lesson, made, seed) for made in (factory, alike)))
    answers = witnesses.answers(lesson.matrix)
    guard, by_fallback = guarded(lesson, witnesses, answers, seed)
    learnt = Learnt(lesson.taught(factory, seed), lesson.taught(alike, seed), guard)
    return learnt, _said(answers, by_fallback)


def _folds(lesson: Lesson, factory: Factory, seed: int) -> FoldModels:
    return FoldModels.taught(factory, lesson.matrix, lesson.minutes, lesson.chosen.learnt, seed)


def _said(answers: Answers, by_fallback: Mask) -> Said:
    return Said(np.where(by_fallback, answers.fallback, answers.model), answers.fallback)
