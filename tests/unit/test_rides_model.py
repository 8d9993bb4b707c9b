"""A model answers, or says when it is loaded why it cannot."""

from datetime import UTC, datetime

import numpy as np
import pytest

from contracts.events import KnownRide
from rides.features import features_of
from rides.model import ModelUnusable, load_model
from tests.cards import card
from tests.onnx_graphs import linear

FEATURES = ("distance", "hour")
CARD = card("v1", {}).model_copy(update={"features": FEATURES})


def row(distance, hour):
    """The features of a ride at that hour of New York's winter."""
    moment = datetime(2019, 1, 7, hour + 5, tzinfo=UTC)
    ride = KnownRide(ride_id="r", pickup_zone=161, dropoff_zone=236, distance=distance, pickup_time=moment)
    return features_of(ride)


def test_each_row_is_answered_from_the_features_of_the_card():
    model = load_model(linear(2.0, 1.0), CARD)
    assert model.minutes(model.matrix([row(1.5, 8), row(0, 3)])) == [11.0, 3.0]


def test_a_ride_never_takes_less_than_nothing():
    assert load_model(linear(-2.0, 0.0), CARD).minutes(np.array([[1.5, 8]], np.float32)) == [0.0]


@pytest.mark.parametrize("graph", [b"", b"no model", linear(1.0, 1.0)[:-9]])
def test_what_is_no_model_is_unusable(graph):
    with pytest.raises(ModelUnusable, match="model v1 cannot be run"):
        load_model(graph, CARD)


@pytest.mark.parametrize("features", [("distance",), ("pickup_borough", "hour"), ("fare", "hour")])
def test_a_model_of_other_features_is_unusable(features):
    with pytest.raises(ModelUnusable, match=features[0]):
        load_model(linear(1.0, 1.0), CARD.model_copy(update={"features": features}))


def test_a_model_that_does_not_answer_with_a_number_is_unusable():
    with pytest.raises(ModelUnusable, match="nan"):
        load_model(linear(np.nan, 1.0), CARD)
