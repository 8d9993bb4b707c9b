import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingRegressor

from ridewatch.simulator.clock import hour_of, weekday_of
from ridewatch.simulator.likeness import likeness
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from tests.conftest import REAL_RIDES

pytestmark = pytest.mark.skipif(not REAL_RIDES.is_dir(), reason=f"real rides are not at hand: {REAL_RIDES}")


def month(name):
    """Load a real month."""
    return load(str(REAL_RIDES / f"yellow_tripdata_{name}.parquet"))


def trained(rides):
    """Train on rides of 1 to 60 minutes."""
    rides = between_1_and_60_minutes(rides)
    model = HistGradientBoostingRegressor(loss="absolute_error", max_iter=150, random_state=0)
    return model.fit(features(rides), rides.duration_minutes)


def between_1_and_60_minutes(rides):
    """Leave out what training leaves out."""
    return rides.take((rides.duration_minutes >= 1) & (rides.duration_minutes <= 60))


def features(rides):
    """Give zones, miles, hour and weekday as a matrix."""
    time = rides.pickup_time
    return np.column_stack([rides.pickup_zone, rides.dropoff_zone, rides.distance, hour_of(time), weekday_of(time)])


def mae(model, rides):
    """Mean absolute error in minutes."""
    return np.abs(model.predict(features(rides)) - rides.duration_minutes).mean()


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


def test_a_model_of_simulated_rides_is_nearly_as_good_as_one_of_real_rides():
    """At most 1.25 times the MAE on 2019-03, which the simulator has never seen."""
    march = between_1_and_60_minutes(month("2019-03"))
    real = mae(trained(concatenate([month("2019-01"), month("2019-02")])), march)
    simulated = mae(trained(load("simulated?rows=20000", seed=0)), march)
    assert simulated <= 1.25 * real


def test_a_simulated_lockdown_fools_a_model_as_the_real_one_did():
    """Answers too long by minutes, as in 2020-04."""
    model = trained(load("simulated", seed=0))
    errors = [model.predict(features(rides)) - rides.duration_minutes for rides in lockdowns()]
    simulated, real = (error.mean() for error in errors)
    assert simulated > 2.5
    assert simulated == pytest.approx(real, abs=1.5)


def lockdowns():
    """Give simulated and real rides of a lockdown."""
    rides = load("simulated:lockdown", seed=1, limit=10_000), month("2020-04")
    return [between_1_and_60_minutes(table) for table in rides]
