"""Replaying rides: who is asked, who is told, when."""

import time

import numpy as np
import pytest

from ridewatch.replay import Plan, replay


class Table:
    """Rides that only know their number; every fifth has no drop-off."""

    def __init__(self, rides):
        self.rides = rides
        self.duration_minutes = np.where(np.arange(rides) % 5, 10.0, np.nan)

    def __len__(self):
        return self.rides

    def ride(self, row):
        return {"row": row}


class FakeApi:
    """Answers all rides but number 3."""

    def __init__(self):
        self.latencies, self.requests, self.told, self.told_at = [], [], [], []

    def predict(self, rides):
        self.requests.append(len(rides))
        self.latencies.append(0.01)
        return [{"error": {}} if ride["row"] == 3 else {"ride_id": f"r{ride['row']}"} for ride in rides]

    def tell(self, actuals):
        self.told += [actual["ride_id"] for actual in actuals]
        self.told_at.append(time.monotonic())
        return [{"actual_id": "a"} for _ in actuals]


def test_every_ride_is_asked_once_in_batches():
    api = FakeApi()
    done = replay(Table(250), api, Plan())
    assert api.requests == [100, 100, 50]
    assert (done.asked, done.predicted, done.refused) == (250, 249, 1)


def test_rides_that_were_answered_and_have_ended_are_told():
    api = FakeApi()
    done = replay(Table(10), api, Plan())
    assert api.told == ["r1", "r2", "r4", "r6", "r7", "r8", "r9"]
    assert done.told == 7


def test_no_actuals_are_told_when_the_plan_has_none():
    api = FakeApi()
    assert replay(Table(10), api, Plan(actuals_after=None)).told == 0
    assert api.told == []


def test_actuals_wait_for_their_delay():
    api = FakeApi()
    began = time.monotonic()
    replay(Table(10), api, Plan(actuals_after=0.2))
    assert api.told_at[0] - began >= 0.2


def test_a_rate_bounds_the_rides_per_second():
    done = replay(Table(30), FakeApi(), Plan(rate=100, batch=10))
    assert 0.2 <= done.seconds < 2


@pytest.mark.parametrize(("rate", "step"), [(None, 100), (0.5, 1), (20, 20), (5000, 100)])
def test_a_request_holds_at_most_a_seconds_worth_of_rides(rate, step):
    assert Plan(rate=rate).step == step
