from datetime import timedelta

import pytest

from contracts.joining import Label, PredictedRide, Rank, ToldActual
from record.joining import join
from tests.samples import MODEL, NOON, PICKUP

RIDE = PredictedRide("p1", "r1", MODEL, PICKUP, None)
TOLD = ToldActual("a1", "r1", 15.0, None, NOON, NOON)


def dropped_off(minutes: float, **changes) -> ToldActual:
    """Tell a drop-off so many minutes after the pickup."""
    return TOLD._replace(duration_minutes=None, dropoff_time=PICKUP + timedelta(minutes=minutes), **changes)


def test_a_prediction_without_an_actual_gets_one():
    """The label says what it replaces: nothing."""
    assert join([RIDE], [TOLD]) == ([Label("p1", 15.0, TOLD, None)], {})


def test_what_is_carried_already_is_not_written_again():
    """A redelivery costs reads, no writes."""
    assert join([RIDE._replace(joined=TOLD.rank)], [TOLD]) == ([], {})


def test_an_actual_that_is_newer_than_all_that_were_read_stays():
    """Another batch has joined it in between."""
    newer = Rank(NOON + timedelta(seconds=1), "a0")
    assert join([RIDE._replace(joined=newer)], [TOLD]) == ([], {})


def test_a_newer_actual_says_what_it_replaces():
    """So that a lost race is noticed."""
    older = Rank(NOON - timedelta(seconds=1), "a9")
    assert join([RIDE._replace(joined=older)], [TOLD]).labels == [Label("p1", 15.0, TOLD, older)]


def test_rides_are_not_mixed_up():
    """An actual of another ride is none."""
    assert join([RIDE], [TOLD._replace(ride_id="r2")]) == ([], {})


@pytest.mark.parametrize("minutes", [0.0, 1_500.0])
def test_the_bounds_of_a_duration_are_possible(minutes):
    """Nothing and 25 hours are durations."""
    assert join([RIDE], [dropped_off(minutes)]).labels[0].minutes == minutes


@pytest.mark.parametrize(("minutes", "problem"), [(-1 / 60, "dropoff_before_pickup"), (1_500 + 1 / 60, "too_long")])
def test_beyond_the_bounds_is_a_problem(minutes, problem):
    """A drop-off a second too early or too late labels nothing."""
    assert join([RIDE], [dropped_off(minutes)]) == ([], {"a1": problem})


def test_the_latest_possible_actual_holds():
    """An impossible correction does not hide the one before it."""
    impossible = dropped_off(-5, actual_id="a2", received_at=NOON + timedelta(hours=1))
    joined = join([RIDE], [impossible, TOLD])
    assert joined.labels == [Label("p1", 15.0, TOLD, None)]
    assert joined.problems == {"a2": "dropoff_before_pickup"}


def test_of_two_problems_of_one_actual_the_same_is_kept():
    """Whichever of the ride's predictions is looked at first."""
    early, late = RIDE, RIDE._replace(prediction_id="p2", pickup_time=PICKUP + timedelta(days=3))
    told = [dropped_off(2 * 24 * 60)]
    assert join([early, late], told).problems == join([late, early], told).problems == {"a1": "too_long"}
