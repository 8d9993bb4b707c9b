"""Real months where they are at hand, and a model of the first two, made once for all tests of a run."""

from datetime import UTC, datetime
from functools import cache

import pytest

from ridewatch.sources.load import load
from ridewatch.sources.table import RideTable, concatenate
from ridewatch.training.train import Trained, train
from tests.conftest import REAL_RIDES

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
needs_real_rides = pytest.mark.skipif(not REAL_RIDES.exists(), reason=f"no real rides at {REAL_RIDES}")


@cache
def month(name: str) -> RideTable:
    """Give the rides of a month, wrong dates and all."""
    return load(str(REAL_RIDES / f"yellow_tripdata_{name}.parquet"))


@cache
def judged_on_march() -> Trained:
    """Give a model of January and February 2019, judged on March."""
    winter = concatenate([month("2019-01"), month("2019-02")])
    return train(winter, ("2019-01", "2019-02"), NOW, validation=month("2019-03"))
