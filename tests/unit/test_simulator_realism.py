import numpy as np
import pytest

from ridewatch.simulator.likeness import likeness
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from ridewatch.training.choice import choose
from ridewatch.training.columns import feature_columns, matrix_of
from ridewatch.training.contenders import FEATURES, boosted_trees
from tests.conftest import REAL_RIDES

pytestmark = pytest.mark.skipif(not REAL_RIDES.is_dir(), reason=f"real rides are not at hand: {REAL_RIDES}")


def month(name):
    """Load a real month."""
    return load(str(REAL_RIDES / f"yellow_tripdata_{name}.parquet"))


@pytest.fixture(scope="module")
def model():
    """Train on 20,000 simulated rides."""
    return trained(load("simulated?rows=20000", seed=0))


def trained(rides):
    """Train the project's own model."""
    return boosted_trees(0).fit(*lesson(rides))


def lesson(rides):
    """Give the model's inputs and the minutes, of rides that training accepts."""
    chosen = choose(rides)
    learnt = chosen.rides.take(chosen.judged)
    return matrix_of(feature_columns(learnt), FEATURES), learnt.duration_minutes


def errors(model, rides):
    """Prediction minus actual in minutes."""
    inputs, minutes = lesson(rides)
    return model.predict(inputs) - minutes


@pytest.mark.parametrize("seed", [0, 1])
def test_every_column_is_distributed_as_in_january_2019(seed):
    """PSI below 0.1 on every feature and on the duration."""
    far = {name: psi for name, psi in likeness(load("simulated", seed=seed), month("2019-01")).items() if psi >= 0.1}
    assert far == {}


def test_likeness_sees_what_differs():
    """April 2020 was not like January 2019: hours, zones and durations had moved, vendors had not."""
    psi = likeness(month("2020-04"), month("2019-01"))
    assert min(psi["hour"], psi["pickup_zone"], psi["duration"]) > 0.1
    assert likeness(month("2019-02"), month("2019-01"))["vendor"] < 0.01


def test_a_model_of_simulated_rides_is_nearly_as_good_as_one_of_real_rides(model):
    """At most 1.25 times the MAE on 2019-03, which the simulator has never seen."""
    march = month("2019-03")
    real = errors(trained(concatenate([month("2019-01"), month("2019-02")])), march)
    simulated = errors(model, march)
    assert np.abs(simulated).mean() <= 1.25 * np.abs(real).mean()


def test_a_simulated_lockdown_fools_a_model_as_the_real_one_did(model):
    """Answers too long by minutes, as in 2020-04."""
    simulated = errors(model, load("simulated:lockdown", seed=1, limit=10_000)).mean()
    assert simulated > 2.5
    assert simulated == pytest.approx(errors(model, month("2020-04")).mean(), abs=1.5)
