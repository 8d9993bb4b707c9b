"""Faults are done to a stack of their own each; what was measured is printed as a table at the end."""

import os
from datetime import UTC, datetime

import pytest

from ridewatch.embedded import control
from ridewatch.embedded.home import Home
from ridewatch.sources.load import load
from ridewatch.training.publishing import publish
from ridewatch.training.train import train
from tests.faults.accounting import until_settled
from tests.faults.load import Load
from tests.faults.proxy import Proxy
from tests.faults.stacks import FULL, REPAIRED, give
from tests.faults.table import markdown

ROWS = []


@pytest.fixture(scope="session")
def rides():
    """Rides whose durations are possible."""
    found = load("simulated?start=2019-03-01&days=3&rows=4000", seed=3)
    return found.take((found.duration_minutes >= 0) & (found.duration_minutes <= 1500))


@pytest.fixture(scope="session")
def trained():
    """A model of simulated rides."""
    return train(load("simulated?start=2019-01-01&days=59&rows=3000", seed=1), ("test",), datetime.now(UTC))


@pytest.fixture
def home(tmp_path):
    """A home of its own."""
    folder = tmp_path / "home"
    folder.mkdir()
    return Home(folder)


@pytest.fixture
def stack(home, trained, rides):
    """A stack that serves a model and has answered once, gone afterwards."""
    if os.environ.get("MONGODB_URI"):
        pytest.skip("MONGODB_URI is set: these tests stop and start a MongoDB of their own")
    started, _ = control.up({} if FULL else {"VisibilitySeconds": "20"}, where=home)
    publish(trained, started)
    until_settled(started, answered(started, rides), REPAIRED)
    yield started
    control.down(home)


@pytest.fixture
def proxy(stack, rides):
    """Stands between predict, record and AWS, and refuses nothing yet."""
    with Proxy(stack.endpoint_url) as between:
        for function in ("PredictFunction", "RecordFunction"):
            give(stack, function, AWS_ENDPOINT_URL=between.url)
        until_settled(stack, answered(stack, rides), REPAIRED)
        yield between


def answered(stack, rides):
    """Ask once, so that everything is warm."""
    load = Load(stack, rides, callers=1, requests=2).run()
    assert load.statuses == {"200": 2}
    return load.accepted


@pytest.fixture(scope="session")
def table():
    """Takes the rows that are printed at the end."""
    return ROWS


def pytest_terminal_summary(terminalreporter):
    """Print the table."""
    if ROWS:
        terminalreporter.write_sep("=", "faults")
        terminalreporter.write_line(markdown(ROWS))
