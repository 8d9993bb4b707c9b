import numpy as np
import pytest

from ridewatch.sources.table import RideTable, concatenate


@pytest.fixture
def rides():
    """Three rides: whole, without labels, without a time."""
    times = np.array(["2019-03-02T10:00", "2019-03-01T08:30:05", "NaT"], dtype="datetime64[us]")
    return RideTable(
        pickup_zone=np.array([10, 20, 30], dtype=np.int32),
        dropoff_zone=np.array([50, 60, -1], dtype=np.int32),
        distance=np.array([4.5, 0.0, np.nan]),
        pickup_time=times,
        dropoff_time=times + np.timedelta64(90, "s"),
        passengers=np.array([2.0, np.nan, 1.0]),
        vendor=np.array([1, -1, 2], dtype=np.int32),
        payment_type=np.array([1, -1, 2], dtype=np.int32),
    )


class TestOneRide:
    """The payload of a ride is what the API takes."""

    def test_holds_plain_values_of_every_field(self, rides):
        """JSON can hold it, and nothing is lost."""
        assert rides.ride(0) == {
            "pickup_zone": 10,
            "dropoff_zone": 50,
            "distance": 4.5,
            "pickup_time": "2019-03-02T10:00:00.000",
            "passengers": 2,
            "vendor": 1,
            "payment_type": 1,
        }
        assert [type(value) for value in rides.ride(0).values()] == [int, int, float, str, int, int, int]

    def test_leaves_out_what_is_missing_and_keeps_a_zero(self, rides):
        """An absent field is absent, not null; zero miles are a value."""
        assert rides.ride(1) == {
            "pickup_zone": 20,
            "dropoff_zone": 60,
            "distance": 0.0,
            "pickup_time": "2019-03-01T08:30:05.000",
        }
        assert "pickup_time" not in rides.ride(2)
        assert "dropoff_zone" not in rides.ride(2)


class TestTheTable:
    """Rides as a whole."""

    def test_duration_is_in_minutes_and_missing_where_a_time_is(self, rides):
        """Drop-off minus pickup."""
        assert rides.duration_minutes[:2].tolist() == [1.5, 1.5]
        assert np.isnan(rides.duration_minutes[2])

    def test_pickup_order_puts_rides_without_a_time_last(self, rides):
        """What cannot be placed in time disturbs nothing."""
        assert rides.in_pickup_order().pickup_zone.tolist() == [20, 10, 30]

    def test_a_sample_is_the_seeds_own_and_no_ride_comes_twice(self, rides):
        """One seed, one sample, without replacement."""
        many = concatenate([rides] * 40)
        once, again, other = (many.sample(30, seed=seed).pickup_zone.tolist() for seed in (1, 1, 2))
        assert once == again != other
        assert len(rides.sample(2, seed=0)) == 2
        assert len(set(rides.sample(2, seed=0).pickup_zone.tolist())) == 2

    def test_a_sample_of_more_rides_than_there_are_is_all_of_them(self, rides):
        """Asking for too many is no error."""
        assert len(rides.sample(10, seed=0)) == 3
