"""What is relative is counted as training counted it, by the guard of the row's own version."""

from datetime import UTC, datetime

import numpy as np
import pytest

from adapters.errors import ObjectCorrupt
from adapters.models import ModelStore, described
from drift_report.baseline import baseline_of
from drift_report.rows import standing
from monitoring.profiles.moments import mean, present
from ridewatch.training.lesson import lesson_of
from ridewatch.training.train import train
from tests.fakes.aws import FakeObjects
from tests.simulated import simulated

NOW = datetime(2019, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def trained():
    """A model of simulated rides."""
    return train(simulated(), ("simulated",), NOW)


def published(trained, **bodies):
    """Give the store of that version, some artifacts of it being others."""
    objects, artifacts = FakeObjects(), {**trained.artifacts, **bodies}
    listed = {name: described(trained.card.version, name, body) for name, body in artifacts.items()}
    store = ModelStore(objects)
    store.publish(trained.card.model_copy(update={"artifacts": listed}), artifacts)
    return store


def rows_of(exam):
    """Lay an exam's rides out as documents."""
    names = list(exam.features)
    return [
        {"_id": str(place), "stored_at": NOW, "features": dict(zip(names, values, strict=True))}
        for place, values in enumerate(zip(*(exam.features[name].tolist() for name in names), strict=True))
    ]


def test_rows_are_counted_as_training_says_them(trained):
    exam = lesson_of(simulated(2_000, seed=3), dates=False)
    said = trained.learnt.says(exam).relative_distance
    baseline = baseline_of(published(trained), trained.card.version)
    found = baseline.columns(standing(rows_of(exam), datetime(2019, 3, 1, tzinfo=UTC)))["relative_distance"]
    assert np.array(found, dtype=float) == pytest.approx(said, abs=1e-3, nan_ok=True)
    assert np.isnan(said).mean() < 0.1


def test_the_reference_knows_what_is_usual_out_of_fold(trained):
    """Near nothing on average, for nearly every ride."""
    reference = baseline_of(published(trained), trained.card.version).reference
    counted = reference.inputs.at(np.ones_like(reference.inputs.rows, dtype=float)).column("relative_distance")
    assert mean(counted) == pytest.approx(0.0, abs=0.3)
    assert present(counted) > 0.8 * counted.counts.sum()


def test_a_guard_that_cannot_be_read_is_no_baseline(trained):
    with pytest.raises(ObjectCorrupt, match="guard"):
        baseline_of(published(trained, guard=b"{}"), trained.card.version)
