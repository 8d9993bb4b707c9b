import numpy as np
import pytest

from monitoring.columns import column_reports, cyclic
from monitoring.profile import add, profile_of
from monitoring.spec import make_spec
from rides.columns import COLUMNS
from ridewatch.sources.load import load
from ridewatch.training.columns import feature_columns
from tests.conftest import REAL_RIDES

FEATURES = tuple(column for column in COLUMNS if column.role == "feature")
FOUR_WEEKS = np.timedelta64(28, "D")

pytestmark = pytest.mark.skipif(not REAL_RIDES.exists(), reason=f"no real rides at {REAL_RIDES}")


def month(name):
    """Give the rides of a month, those with wrong dates left out."""
    rides = load(str(REAL_RIDES / f"yellow_tripdata_{name}.parquet"))
    return rides.take(rides.pickup_time.astype("datetime64[M]") == np.datetime64(name))


@pytest.fixture(scope="module")
def reference():
    """Give the profile of January and February 2019."""
    winter = [feature_columns(month(name)) for name in ("2019-01", "2019-02")]
    spec = make_spec(FEATURES, {name: np.concatenate([rides[name] for rides in winter]) for name in winter[0]})
    return add(*(profile_of(spec, rides) for rides in winter))


def drifted(reference, name):
    """Name the columns that drifted in a month."""
    rides = month(name)
    weeks = rides.take(rides.pickup_time < np.datetime64(name) + FOUR_WEEKS)
    now = profile_of(reference.spec, feature_columns(rides))
    whole_weeks = profile_of(cyclic(reference.spec), feature_columns(weeks))
    columns = column_reports(now, whole_weeks, reference, 50)
    assert all(column.status == "ok" for column in columns)
    return {column.name for column in columns if column.drifted}


@pytest.mark.parametrize("name", ["2019-03", "2019-04", "2019-05", "2019-06", "2020-03"])
def test_in_a_quiet_month_nothing_moved_but_at_most_the_passengers(reference, name):
    """They were coded differently in 2019-01 and 2019-02."""
    assert drifted(reference, name) <= {"passengers"}


def test_when_the_streets_were_empty_the_hour_and_the_zones_moved(reference):
    """April 2020."""
    assert {"hour", "pickup_zone", "dropoff_zone"} <= drifted(reference, "2020-04")
