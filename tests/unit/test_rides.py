"""The domain: zones, features, flags, answers."""

import pytest

from rides.answerer import Answerer
from rides.answering import answer_rides
from rides.expert import Expert
from rides.fallback import default_fallback
from rides.features import features_of
from rides.flags import flags_of
from rides.zones import ZONES, borough
from tests.known import ride


class FixedModel:
    """Says ten minutes, and remembers what it was asked."""

    def matrix(self, rows):
        self.rows = rows
        return rows

    def minutes(self, matrix):
        return [10.0] * len(matrix)


def test_all_265_zones_have_one_borough():
    assert sorted(borough(zone) for zone in range(1, 266)).count("Manhattan") == 69
    assert {borough(zone) for zone in range(1, 266)} == set(ZONES)


@pytest.mark.parametrize(
    ("zone", "name"), [(1, "EWR"), (132, "Queens"), (161, "Manhattan"), (265, "Unknown"), (999, "Unknown")]
)
def test_a_zone_has_its_borough(zone, name):
    assert borough(zone) == name


def test_hour_and_weekday_are_new_yorks():
    features = features_of(ride())
    assert (features["hour"], features["weekday"]) == (23, 3)


def test_features_know_what_the_ride_knows():
    features = features_of(ride(passengers=2))
    assert features["pickup_borough"] == "Manhattan"
    assert features["dropoff_borough"] == "Queens"
    assert (features["passengers"], features["vendor"]) == (2, None)


@pytest.mark.parametrize(
    ("fields", "flags"),
    [
        ({}, ()),
        ({"distance": 0}, ("zero_between_zones", "zero_distance")),
        ({"distance": 0, "dropoff_zone": 161}, ("zero_distance",)),
        ({"distance": 101}, ("absurd_distance",)),
        ({"dropoff_zone": 265}, ("unknown_zone",)),
    ],
)
def test_what_is_odd_is_flagged(fields, flags):
    assert tuple(flags_of(features_of(ride(**fields)))) == flags


def test_each_ride_is_answered_in_order():
    model = FixedModel()
    answers = answer_rides([ride(), ride(distance=0)], Answerer(Expert(model), default_fallback()))
    assert [answer.flags for answer in answers] == [(), ("zero_between_zones", "zero_distance")]
    assert [row["distance"] for row in model.rows] == [17.5, 0]
    assert {answer.served_by for answer in answers} == {"champion"}
