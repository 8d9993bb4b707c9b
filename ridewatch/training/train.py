"""Training: values in, values out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.models import described
from contracts.model import ArtifactName, Errors, ModelCard
from monitoring.profiles.marginals import marginals_of
from monitoring.profiles.reference import Reference, packed
from ridewatch.sources.table import RideTable
from ridewatch.training.card import libraries, told, training_data
from ridewatch.training.choice import JUDGED_MINUTES
from ridewatch.training.columns import Columns
from ridewatch.training.contenders import BASELINES, FEATURES, Factory, boosted_trees
from ridewatch.training.explaining import attributions_of
from ridewatch.training.learning import Learnt, Said, learn
from ridewatch.training.lesson import Lesson, lesson_of, out_of_sample
from ridewatch.training.reference import (
    BACKGROUND_ROWS,
    SAMPLE_ROWS,
    columns_json,
    compressed,
    reference_of_rides,
    sample_of,
    with_outcomes,
    with_stratum,
)
from ridewatch.training.threads import on_one_thread


@dataclass(frozen=True)
class Trained:
    """A model version that is not published yet."""

    card: ModelCard
    artifacts: Mapping[ArtifactName, bytes]
    learnt: Learnt


@on_one_thread
def train(  # noqa: PLR0913 - what a version is made of
    rides: RideTable,
    sources: Sequence[str],
    now: datetime,
    *,
    validation: RideTable | None = None,
    factory: Factory = boosted_trees,
    seed: int = 0,
) -> Trained:
    """Train a model and judge it on `validation`, else out-of-fold. Raises TrainingError.

    The same rides, time and seed give the same model. Any scikit-learn regressor of FEATURES that skl2onnx converts
    can be the factory's.
    """
    lesson = lesson_of(rides)
    exam = None if validation is None else lesson_of(validation, dates=False)
    learnt, out_of_fold = learn(lesson, factory, seed)
    rows = _with_outcomes(lesson, out_of_fold)
    served, samples = learnt.artifacts(lesson.matrix), _samples(lesson.chosen.rides, rows, seed)
    rows |= attributions_of(served["model"], samples["background"], lesson.matrix, seed)
    judged_rows = rows if exam is None else _with_outcomes(exam, learnt.says(exam))
    judged = None if exam is None else (exam.chosen.rides, judged_rows)
    artifacts: dict[ArtifactName, bytes] = {
        **served,
        **samples,
        **_profiled(reference_of_rides(lesson.chosen.rides, rows, judged)),
    }
    name = _named(artifacts["model"], now)
    card = ModelCard(
        version=name,
        created_at=now,
        estimator=told(learnt.regressor),
        features=FEATURES,
        training=training_data(lesson.chosen, sources),
        judged_on="out-of-fold" if exam is None else "validation",
        judged_minutes=JUDGED_MINUTES,
        errors=_errors(exam or lesson, judged_rows) | _baselines(lesson, exam, seed),
        interval=learnt.uncertainty.card,
        artifacts={artifact: described(name, artifact, body) for artifact, body in artifacts.items()},
        libraries=libraries(),
    )
    return Trained(card, artifacts, learnt)


def _with_outcomes(lesson: Lesson, said: Said) -> Columns:
    return with_outcomes(lesson.features, minutes=lesson.minutes, **said._asdict())


def _profiled(reference: Reference) -> dict[ArtifactName, bytes]:
    marginals = marginals_of(reference, JUDGED_MINUTES)
    return {"profile": packed(reference), "marginals": marginals.model_dump_json().encode()}


def _samples(rides: RideTable, rows: Columns, seed: int) -> dict[ArtifactName, bytes]:
    return {
        "reference": compressed(columns_json(sample_of(with_stratum(rides, rows), SAMPLE_ROWS, seed))),
        "background": columns_json(sample_of(rows, BACKGROUND_ROWS, seed)),
    }


def _named(model: bytes, now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{hashlib.sha256(model).hexdigest()[:6]}"


def _errors(lesson: Lesson, rows: Columns) -> dict[str, Errors]:
    return {"model": lesson.errors(rows["prediction"]), "fallback": lesson.errors(rows["naive"])}


def _baselines(lesson: Lesson, exam: Lesson | None, seed: int) -> dict[str, Errors]:
    """Judge the baselines on the same rides as the model."""
    asked = exam or lesson
    return {name: asked.errors(out_of_sample(factory, lesson, exam, seed)) for name, factory in BASELINES.items()}
