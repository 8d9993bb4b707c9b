"""Which rides are the reference, which are judged, which are learnt from."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.ride import Ride
from ridewatch.training.choice import choose
from tests.simulated import simulated


def test_rides_outside_of_1_to_60_minutes_are_not_learnt_from():
    table = simulated(1000)
    late = replace(table, dropoff_time=table.pickup_time + np.timedelta64(61, "m"))
    assert choose(late).dropped == {"longer_than_60_minutes": len(choose(late).rides)}
    assert not choose(late).judged.any()


def test_pickups_of_a_month_with_next_to_no_rides_are_wrong_dates():
    table = simulated(1000)
    times = table.pickup_time.copy()
    times[:3] = np.datetime64("2088-01-24T00:25:39")
    assert choose(replace(table, pickup_time=times)).dropped["wrong_date"] == 3


def test_odd_distances_are_judged_but_not_learnt_from():
    table = simulated(1000)
    distance = np.full(len(table), 2.0)
    distance[:7], distance[7:9] = 0, 150
    minutes = np.full(len(table), np.timedelta64(10, "m"))
    chosen = choose(replace(table, distance=distance, dropoff_time=table.pickup_time + minutes), dates=False)
    assert {why: chosen.dropped[why] for why in ("zero_distance", "absurd_distance")} == {
        "zero_distance": 7,
        "absurd_distance": 2,
    }
    assert chosen.judged.sum() - chosen.learnt.sum() == 9


def test_every_ride_is_learnt_from_or_dropped_for_one_reason():
    table = simulated(5000)
    chosen = choose(table)
    assert chosen.learnt.sum() + sum(chosen.dropped.values()) == len(table)
    assert chosen.dropped["shorter_than_1_minute"] > 0


@given(
    zone=st.integers(-1, 267),
    distance=st.sampled_from([-0.1, 0, 3, 1000, 1000.1, np.nan]),
    passengers=st.sampled_from([-1, 0, 99, 100, np.nan]),
    vendor=st.sampled_from([-2, -1, 0, 99, 100]),
)
def test_training_takes_the_rides_that_the_api_takes(zone, distance, passengers, vendor):
    table = simulated(1).take(slice(0, 1))
    table = replace(
        table,
        pickup_zone=np.array([zone], np.int32),
        distance=np.array([distance]),
        passengers=np.array([passengers]),
        vendor=np.array([vendor], np.int32),
    )
    try:
        Ride.model_validate(table.ride(0))
        taken = 1
    except ValidationError:
        taken = 0
    assert len(choose(table).rides) == taken


def test_rides_that_the_api_would_refuse_are_no_reference():
    table = simulated(1000)
    zones = table.pickup_zone.copy()
    zones[:5] = 0
    chosen = choose(replace(table, pickup_zone=zones))
    assert chosen.dropped["refused_by_the_api"] >= 5
    assert chosen.rides.pickup_zone.min() >= 1
