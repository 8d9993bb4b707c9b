"""Every function answers every event of events/ from its own package, with nothing else on the path."""

from dataclasses import replace

import pytest

from tests.built.packages import FUNCTIONS
from tests.built.world import world
from tests.lab.invocations import INVOCATIONS


@pytest.fixture(scope="module")
def functions_and_world(packages, tmp_path_factory):
    """Give the packages in an account of their own, one for all events: what one leaves, a later one finds."""
    with world(tmp_path_factory.mktemp("ministack")) as (found, environment):
        yield replace(packages, environment=environment), found


@pytest.mark.parametrize(("function", "event", "holds"), INVOCATIONS, ids=[event for _, event, _ in INVOCATIONS])
def test_an_event_is_answered(functions_and_world, function, event, holds):
    """What must hold afterwards is the same as in the lab."""
    functions, found = functions_and_world
    holds(functions, found, event)
    assert function in FUNCTIONS


def test_no_function_is_left_out():
    assert {function for function, _, _ in INVOCATIONS} == set(FUNCTIONS)
