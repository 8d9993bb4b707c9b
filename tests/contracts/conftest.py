"""What contract tests are held against: stores in memory, and a real MongoDB in a database of its own."""

import pytest

from tests.fakes.mongodb import FakeMongo
from tests.real_mongodb import database, mongodb_uri
from tests.stores import fake_stores, real_stores

__all__ = ["database", "mongodb_uri"]


@pytest.fixture(params=["fake", "mongodb"])
def stores(request):
    """Give the stores, first in memory, then in MongoDB."""
    if request.param == "fake":
        return fake_stores(FakeMongo())
    return real_stores(request.getfixturevalue("database"))
