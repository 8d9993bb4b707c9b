"""What is not known of an answer: how wrong it is expected to be, and between which minutes the ride takes."""

import numpy as np
import pytest

from contracts.model import IntervalCard
from rides.answerer import answerer_of
from rides.answering import answer_rides
from rides.model import ModelUnusable
from rides.uncertainty import load_uncertainty
from tests.cards import card
from tests.guards import STATISTICS
from tests.known import ride
from tests.onnx_graphs import linear, linears

CARD = card("v1", {}).model_copy(update={"interval": IntervalCard(coverage=0.8, margin=0.5)})
MILES = np.array([[2.0], [10.0]], np.float32)
DOUBTS = linears(error=0.25, low=-1.0, high=2.0)
"""A quarter of a minute of error a mile; a minute a mile less, two more."""


def uncertainty(graph=DOUBTS):
    """Load a graph."""
    return load_uncertainty(graph, CARD, MILES)


def test_each_answer_is_doubted_by_its_ride():
    first, second = uncertainty().of(MILES, [8.0, 40.0])
    assert (first.estimated_error, second.estimated_error) == (0.5, 2.5)
    assert first.interval == pytest.approx((8 - 2 - 0.5, 8 + 4 + 0.5))
    assert second.interval == pytest.approx((40 - 10 - 0.5, 40 + 20 + 0.5))


def test_no_ride_takes_less_than_nothing():
    (doubt, _) = uncertainty().of(MILES, [1.0, 40.0])
    assert doubt.interval[0] == 0.0


def test_an_interval_holds_its_answer_and_no_error_is_negative():
    """Whatever the quantile models say of rides that they do not know."""
    (doubt, _) = uncertainty(linears(error=-1.0, low=3.0, high=-3.0)).of(MILES, [8.0, 8.0])
    assert (doubt.estimated_error, doubt.interval) == (0.0, (8.0, 8.0))


@pytest.mark.parametrize("graph", [b"", b"no graph", linear(1.0), linears(error=1.0, low=1.0)])
def test_what_is_no_uncertainty_is_unusable(graph):
    with pytest.raises(ModelUnusable, match="uncertainty of v1"):
        uncertainty(graph)


def bodies():
    """A version of four minutes a mile, its guard and its uncertainty."""
    return {"model": linear(4.0), "guard": STATISTICS.model_dump_json().encode(), "uncertainty": DOUBTS}


def test_the_models_answers_are_doubted_and_the_fallbacks_are_not():
    """Nothing was learnt of the fallback's errors."""
    told, left = answer_rides([ride(distance=2.0), ride(distance=200.0)], answerer_of(CARD, bodies()))
    assert (told.served_by, told.doubt.estimated_error) == ("champion", 0.5)
    assert (left.served_by, left.doubt) == ("fallback", None)


def test_a_version_without_uncertainty_answers_without():
    answerer = answerer_of(CARD, {"model": linear(4.0)})
    (answer,) = answer_rides([ride()], answerer)
    assert (answer.served_by, answer.doubt) == ("champion", None)
