"""A MongoDB that containers reach as `mongo`, and nobody else does."""

import pathlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from adapters.mongodb.connection import connect
from tests.lab.engine import host_address
from tests.secantus import Server


@dataclass(frozen=True)
class MongoDB:
    """A database as the host and as containers see it."""

    database: Database[dict[str, Any]]
    inside: str
    """Its URI for containers."""


@contextmanager
def mongodb() -> Iterator[MongoDB]:
    """Start SecantusDB on the engine's bridge, and end it."""
    with tempfile.TemporaryDirectory(prefix="ridewatch-lab-", ignore_cleanup_errors=True) as folder:
        server = Server(pathlib.Path(folder), host=host_address())
        server.start()
        database = connect(server.uri)
        try:
            yield MongoDB(database, f"mongodb://mongo:{server.port}/?retryWrites=false")
        finally:
            database.client.close()
            server.stop()
