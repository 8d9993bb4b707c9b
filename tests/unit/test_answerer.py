"""An answerer is made of a version's artifacts, as far as the version has them."""

import pytest

from contracts.fallback import FallbackCell, FallbackTable
from rides.answerer import answerer_of
from rides.fallback import default_fallback
from rides.model import ModelUnusable
from tests.cards import card
from tests.onnx_graphs import linear

CARD = card("v1", {})
RIDE = {"distance": 3.0, "hour": 8, "pickup_borough": "Manhattan", "dropoff_borough": "Queens"}
ALWAYS_42 = FallbackTable(
    distance_edges=(), hours_a_band=24, least_rides=1, cells=(FallbackCell(None, None, None, None, 42.0, 1),)
)


def test_the_versions_own_table_answers():
    bodies = {"model": linear(2.0), "fallback": ALWAYS_42.model_dump_json().encode()}
    assert answerer_of(CARD, bodies).fallback.minutes(RIDE) == 42.0


def test_a_version_from_before_the_table_was_made_has_the_default():
    assert answerer_of(CARD, {"model": linear(2.0)}).fallback is default_fallback()


@pytest.mark.parametrize("body", [b"{", b"{}", ALWAYS_42.model_copy(update={"cells": ()}).model_dump_json().encode()])
def test_an_artifact_that_is_not_of_its_shape_makes_the_version_unusable(body):
    with pytest.raises(ModelUnusable, match="v1"):
        answerer_of(CARD, {"model": linear(2.0), "fallback": body})
