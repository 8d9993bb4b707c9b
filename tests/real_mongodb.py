"""Fixtures of a real MongoDB: one server a session, one database a test. Conftests import them."""

import uuid

import pytest

from adapters.mongodb.connection import connect
from tests.secantus import mongodb


@pytest.fixture(scope="session")
def mongodb_uri():
    """Give a server's URI, without a database."""
    with mongodb() as uri:
        yield uri


@pytest.fixture
def database(mongodb_uri):
    """Give an empty database, dropped afterwards."""
    server = connect(mongodb_uri).client
    name = f"ridewatch-test-{uuid.uuid4().hex[:12]}"
    yield server[name]
    server.drop_database(name)
    server.close()
