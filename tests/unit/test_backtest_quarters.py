"""The false-alarm budget, on quarters in which nothing is wrong: `benchmarks/quiet_quarters.py` runs 200 of them."""

import pytest

from ridewatch.backtest.quarters import measure

QUARTERS = 10


@pytest.fixture(scope="module")
def measured():
    """Ten quarters, and the same with answers three minutes too short from their middle on."""
    return measure(QUARTERS, budget=1.0, seed=0, faults=(-3.0,))


def test_quiet_quarters_keep_the_budget(measured):
    """One page a quarter is allowed; days, weeks and seasons as different as measured open fewer."""
    assert measured["false_pages_a_quarter"] <= 1.0


def test_and_yet_a_fault_is_found_within_days(measured):
    """In every quarter, the beginning told to within half a day."""
    assert measured["3_min_too_short_found"] == 1.0
    assert measured["3_min_too_short_median_rides"] < 600
    assert measured["3_min_too_short_began_off_by_hours"] < 12
