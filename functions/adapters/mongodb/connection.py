"""The connection: from a URI to a database, and the database's own clock."""

from datetime import UTC, datetime
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import PyMongoError

from adapters.errors import unavailable_if
from adapters.mongodb.errors import reaching_mongodb

Document = dict[str, Any]

DEFAULT_DATABASE = "ridewatch"
SERVER_SELECTION_MS = 3_000
SOCKET_MS = 20_000


def connect(uri: str) -> Database[Document]:
    """Give the URI's database, else `ridewatch`. Nothing but a DNS question is sent before the first use.

    Raises StoreUnavailable for a URI that is none, or whose name or certificate file is not there.
    """
    with unavailable_if(PyMongoError, ValueError, OSError, store="MongoDB"):
        client: MongoClient[Document] = MongoClient(
            uri,
            tz_aware=True,
            tzinfo=UTC,
            appname="ridewatch",
            journal=True,  # a standalone server else acknowledges what a kill can still take away
            readPreference="primary",  # a join reads what another has just written, whatever the URI prefers
            serverSelectionTimeoutMS=SERVER_SELECTION_MS,
            connectTimeoutMS=SERVER_SELECTION_MS,
            socketTimeoutMS=SOCKET_MS,
        )
        return client.get_default_database(DEFAULT_DATABASE)


def server_time(database: Database[Document]) -> datetime:
    """Read the database's own clock: one clock for every writer's stamps. Raises StoreUnavailable."""
    with reaching_mongodb():
        moment: datetime = database.command("hello")["localTime"]
    return moment.replace(tzinfo=UTC)
