"""The guard: what is odd against the rides that were learnt from, and who answers it."""

from math import exp, log

import pytest

from contracts.guard import GuardStatistics
from rides.guard import Guard
from tests.guards import STATISTICS, features

GUARD = Guard(GuardStatistics.model_validate_json(STATISTICS.model_dump_json()))


@pytest.mark.parametrize(
    ("ride", "flags"),
    [
        ({}, ()),
        ({"pickup_zone": 236, "dropoff_zone": 161}, ()),
        ({"distance": 0.05}, ("unseen_distance", "odd_distance")),
        ({"distance": 9.0}, ("odd_distance",)),
        ({"distance": 0.0}, ()),
        ({"distance": 101.0}, ()),
        ({"dropoff_zone": 10, "dropoff_borough": "Queens"}, ("unseen_zones",)),
        ({"dropoff_zone": 12}, ()),
        ({"pickup_zone": 12}, ("unseen_zones",)),
    ],
)
def test_what_is_odd_is_flagged(ride, flags):
    """Distances that cannot be true have flags of their own."""
    assert tuple(GUARD.flags(features(**ride))) == flags


def test_oddness_is_in_spreads_of_the_log_distance_between_the_zones():
    assert GUARD.oddness(features(distance=exp(0.5 + 3 * 0.2))) == pytest.approx(3.0)
    assert GUARD.oddness(features(distance=exp(0.5 - 3 * 0.2))) == pytest.approx(3.0)


def test_where_rides_between_the_zones_were_few_those_around_a_zone_tell_what_is_usual():
    assert GUARD.oddness(features(dropoff_zone=12, distance=8.0)) == pytest.approx((log(8) - 1) / 0.5)


def test_what_too_few_rides_tell_is_not_believed():
    """Two rides from Queens to the second zone say that it is known, not what is usual."""
    ride = features(pickup_zone=9, pickup_borough="Queens", distance=30.0)
    assert GUARD.oddness(ride) == 0.0
    assert tuple(GUARD.flags(ride)) == ()


@pytest.mark.parametrize(
    ("ride", "relative"),
    [
        ({"distance": exp(0.5 - 0.1)}, -0.5),
        ({"distance": exp(0.5 + 3 * 0.2)}, 2.0),
        ({"distance": 0.01}, -2.0),
        ({"distance": 0.0}, None),
        ({"distance": 101.0}, None),
        ({"pickup_zone": 12}, None),
    ],
)
def test_a_distance_counts_for_two_spreads_from_the_usual_at_most(ride, relative):
    """Longer is above; one that cannot be true, or of which nothing usual is known, counts for nothing."""
    assert GUARD.relative_distance(features(**ride)) == (relative if relative is None else pytest.approx(relative))


@pytest.mark.parametrize(
    ("flags", "served_by"),
    [
        ((), "champion"),
        (("odd_distance", "unknown_zone"), "champion"),
        (("absurd_distance",), "fallback"),
        (("unknown_zone", "absurd_distance"), "fallback"),
    ],
)
def test_the_fallback_answers_where_it_was_decided(flags, served_by):
    assert GUARD.served_by(flags) == served_by
