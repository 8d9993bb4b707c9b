"""What commands reach outside, and what can go wrong there, in one line."""

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from adapters.errors import AdapterError
from ridewatch.api import ApiError
from ridewatch.commands.outcome import failing_on
from ridewatch.embedded.state import Stack
from ridewatch.sources.errors import SourceError

if TYPE_CHECKING:
    from pymongo.database import Database

    from adapters.mongodb.connection import Document


def telling() -> Any:
    """Turn what can go wrong outside into one line."""
    return failing_on(SourceError, ApiError, AdapterError, ClientError, BotoCoreError)


def database_of(stack: Stack) -> "Database[Document]":
    """Connect to a stack's MongoDB."""
    from adapters.mongodb.connection import connect
    from ridewatch.embedded.outputs import with_mongodb_uri

    return connect(with_mongodb_uri(stack).mongodb_uri)


def champion_of(stack: Stack) -> str:
    """Name the model version in charge."""
    from adapters.parameters import Parameters

    return Parameters(stack.client("ssm")).read(stack.champion_parameter)
