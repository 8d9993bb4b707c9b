"""Rides in the shape that models learn from and are judged on."""

from typing import NamedTuple

from contracts.model import Errors
from ridewatch.sources.table import RideTable
from ridewatch.training.choice import Chosen, Mask, choose
from ridewatch.training.columns import Columns, Matrix, feature_columns, matrix_of
from ridewatch.training.contenders import FEATURES, Factory, Regressor
from ridewatch.training.errors import TooFewRides
from ridewatch.training.judging import FoldModels, Minutes, answers_of, errors_of

LEAST_RIDES = 500


class Lesson(NamedTuple):
    """Chosen rides with their features, as a matrix too, and their durations."""

    chosen: Chosen
    features: Columns
    matrix: Matrix
    minutes: Minutes

    def taught(self, factory: Factory, seed: int) -> Regressor:
        """Give a regressor that learnt from these rides."""
        learnt = self.chosen.learnt
        return factory(seed).fit(self.matrix[learnt], self.minutes[learnt])

    def errors(self, predicted: Minutes) -> Errors:
        """Measure predictions of these rides on those that are judged."""
        judged: Mask = self.chosen.judged
        return errors_of(predicted[judged], self.minutes[judged])


def lesson_of(table: RideTable, *, dates: bool = True) -> Lesson:
    """Choose rides and lay them out. Raises TooFewRides."""
    chosen = choose(table, dates=dates)
    found = int(chosen.learnt.sum())
    if found < LEAST_RIDES:
        message = (
            f"{found} rides of 1 to 60 minutes are too few to learn from or to judge by; give {LEAST_RIDES} or more"
        )
        raise TooFewRides(message)
    features = feature_columns(chosen.rides)
    return Lesson(chosen, features, matrix_of(features, FEATURES), chosen.rides.duration_minutes)


def out_of_sample(factory: Factory, lesson: Lesson, exam: Lesson | None, seed: int) -> Minutes:
    """Predict the exam's rides; without an exam the lesson's own, out of fold."""
    if exam is None:
        folds = FoldModels.taught(factory, lesson.matrix, lesson.minutes, lesson.chosen.learnt, seed)
        return answers_of(folds, lesson.matrix)
    return answers_of(lesson.taught(factory, seed), exam.matrix)
