"""The events of the drift report, as `sam local invoke` sends them."""

import json

import pytest

from drift_report.orders import Schedule, Span, order_of
from ridewatch.demo import DAILY
from tests.calls import EVENTS


def event(name):
    """Load an event by its name."""
    return json.loads((EVENTS / f"drift_report_{name}.json").read_text())


@pytest.mark.parametrize(
    ("name", "kinds"), [("hourly", ("hour",)), ("daily", ("day",)), ("scheduled", ("hour", "day"))]
)
def test_a_rules_event_asks_for_what_is_due(name, kinds):
    assert order_of(event(name)) == Schedule(kinds=kinds)


def test_a_window_is_asked_for_by_its_ends():
    order = order_of(event("window"))
    assert isinstance(order, Span)
    assert (order.end - order.start).days == 30


def test_the_demo_runs_the_daily_rules_event():
    assert event("daily") == DAILY
