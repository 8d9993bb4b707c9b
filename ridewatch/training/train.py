"""Training: values in, values out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

import numpy as np
from threadpoolctl import threadpool_limits

from adapters.models import described
from contracts.model import ArtifactName, Errors, ModelCard, TrainingData
from contracts.ride import NEW_YORK
from ridewatch.sources.table import RideTable
from ridewatch.training.choice import JUDGED_MINUTES, Chosen, TooFewRides, choose
from ridewatch.training.columns import Columns, Matrix, feature_columns, matrix_of
from ridewatch.training.contenders import BASELINES, FEATURES, Factory, Regressor, boosted_trees
from ridewatch.training.export import onnx_of
from ridewatch.training.judging import Minutes, errors_of, out_of_fold
from ridewatch.training.reference import (
    BACKGROUND_ROWS,
    SAMPLE_ROWS,
    columns_json,
    compressed,
    reference_profile,
    sample_of,
    with_outcomes,
)

LEAST_RIDES = 500
LIBRARIES = ("scikit-learn", "skl2onnx", "onnx", "onnxruntime", "numpy")


ONE_THREAD = threadpool_limits.wrap(limits=1)
"""Two threads gain nothing on a month of rides, and where other programs want the cores they wait for one another."""


@dataclass(frozen=True)
class Trained:
    """A model version that is not published yet."""

    card: ModelCard
    artifacts: Mapping[ArtifactName, bytes]
    regressor: Regressor


@dataclass(frozen=True)
class Lesson:
    """Rides in the shape that models learn from and are judged on."""

    chosen: Chosen
    features: Columns
    matrix: Matrix
    minutes: Minutes

    @property
    def learnt(self) -> tuple[Matrix, Minutes]:
        """What models learn from."""
        return self.matrix[self.chosen.judged], self.minutes[self.chosen.judged]


@ONE_THREAD
def train(  # noqa: PLR0913 - what a version is made of
    rides: RideTable,
    sources: Sequence[str],
    now: datetime,
    *,
    validation: RideTable | None = None,
    factory: Factory = boosted_trees,
    seed: int = 0,
) -> Trained:
    """Train a model and judge it on `validation`, else out-of-fold. Raises TooFewRides.

    The same rides, time and seed give the same model. Any scikit-learn regressor of FEATURES that skl2onnx converts
    can be the factory's.
    """
    lesson = _lesson(choose(rides))
    exam = _lesson(choose(validation, dates=False)) if validation is not None else None
    regressor = factory(seed).fit(*lesson.learnt)
    predicted = out_of_fold(factory, lesson.matrix, lesson.minutes, lesson.chosen.judged, seed)
    model = onnx_of(regressor, lesson.matrix)
    rows = with_outcomes(lesson.features, predicted, lesson.minutes)
    judged_rows = rows if exam is None else _examined(exam, regressor)
    artifacts = _artifacts(model, rows, judged_rows, seed)
    name = _named(model, now)
    card = ModelCard(
        version=name,
        created_at=now,
        estimator=_told(regressor),
        features=FEATURES,
        training=_training(lesson.chosen, sources),
        judged_on="out-of-fold" if exam is None else "validation",
        judged_minutes=JUDGED_MINUTES,
        errors=_errors(lesson, exam, judged_rows, seed),
        artifacts={artifact: described(name, artifact, body) for artifact, body in artifacts.items()},
        libraries={library: version(library) for library in LIBRARIES},
    )
    return Trained(card, artifacts, regressor)


def _lesson(chosen: Chosen) -> Lesson:
    if chosen.judged.sum() < LEAST_RIDES:
        message = (
            f"{chosen.judged.sum()} rides of 1 to 60 minutes are too few to learn from; give {LEAST_RIDES} or more"
        )
        raise TooFewRides(message)
    features = feature_columns(chosen.rides)
    return Lesson(chosen, features, matrix_of(features, FEATURES), chosen.rides.duration_minutes)


def _examined(exam: Lesson, regressor: Regressor) -> Columns:
    return with_outcomes(exam.features, np.maximum(regressor.predict(exam.matrix), 0), exam.minutes)


def _artifacts(model: bytes, rows: Columns, judged_rows: Columns, seed: int) -> dict[ArtifactName, bytes]:
    return {
        "model": model,
        "profile": reference_profile(rows, judged_rows).model_dump_json().encode(),
        "reference": compressed(columns_json(sample_of(rows, SAMPLE_ROWS, seed))),
        "background": columns_json(sample_of(rows, BACKGROUND_ROWS, seed)),
    }


def _named(model: bytes, now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{hashlib.sha256(model).hexdigest()[:6]}"


def _training(chosen: Chosen, sources: Sequence[str]) -> TrainingData:
    days = chosen.rides.pickup_time.astype("datetime64[D]")
    return TrainingData(
        sources=tuple(sources),
        start=_midnight(days.min()),
        end=_midnight(days.max() + np.timedelta64(1, "D")),
        rows=int(chosen.judged.sum()),
        dropped=chosen.dropped,
    )


def _midnight(day: np.datetime64) -> datetime:
    return datetime.combine(day.astype(object), datetime.min.time(), NEW_YORK)


def _errors(lesson: Lesson, exam: Lesson | None, judged_rows: Columns, seed: int) -> dict[str, Errors]:
    """Judge the model and both baselines on the same rides."""
    judged = ~np.isnan(judged_rows["error"])
    found = {"model": errors_of(judged_rows["prediction"][judged], judged_rows["actual"][judged])}
    for name, factory in BASELINES.items():
        found[name] = errors_of(*_baseline(factory, lesson, exam, seed))
    return found


def _baseline(factory: Factory, lesson: Lesson, exam: Lesson | None, seed: int) -> tuple[Minutes, Minutes]:
    if exam is not None:
        matrix, minutes = exam.learnt
        return factory(seed).fit(*lesson.learnt).predict(matrix), minutes
    matrix, minutes = lesson.learnt
    return out_of_fold(factory, matrix, minutes, np.ones(len(matrix), dtype=bool), seed), minutes


def _told(regressor: Regressor) -> str:
    steps = getattr(regressor, "steps", [("", regressor)])
    return " → ".join(type(step).__name__ for _, step in steps)
