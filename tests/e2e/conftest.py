"""A running embedded stack, and what a person would do with it."""

import os

import pytest

from ridewatch.embedded import control
from ridewatch.embedded.home import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home of its own: the tests leave a stack of the user's alone."""
    return Home(tmp_path_factory.mktemp("ridewatch"))


@pytest.fixture(scope="module")
def stack(home):
    """An empty stack, gone afterwards."""
    if os.environ.get("MONGODB_URI"):
        pytest.skip("MONGODB_URI is set: these tests stop and start a MongoDB of their own")
    started, _ = control.up(where=home)
    yield started
    control.down(home)
