"""A canary is answered as anyone is, and told of to nobody."""

import pytest

from contracts.api import CANARY_HEADER
from tests.calls import call, event_named

RIDE = {"pickup_zone": 10, "dropoff_zone": 50, "distance": 4.0}


def marked(event, header=CANARY_HEADER):
    """Mark a call as the exporter marks its own."""
    return event | {"headers": event["headers"] | {header: "1"}, "multiValueHeaders": {}}


@pytest.mark.parametrize("header", [CANARY_HEADER, CANARY_HEADER.title()])
def test_it_is_answered_and_leaves_no_event(api, header):
    """It would be counted, reported and learnt from."""
    answer = api.ask(marked(call("POST", "/predict", RIDE), header))
    assert answer.status == 200
    assert answer.json["duration_minutes"] > 0
    assert api.outside.events == []


def test_a_refused_one_leaves_no_rejection(api):
    """Nor would a wrong one be a caller's mistake."""
    assert api.ask(marked(call("POST", "/predict", {}))).status == 422
    assert api.outside.events == []


def test_the_next_ride_is_told_of_again(api):
    """The mark is the call's, not the process's."""
    api.ask(marked(call("POST", "/predict", RIDE)))
    api.ask(event_named("predict"))
    assert len(api.outside.events) == 1
