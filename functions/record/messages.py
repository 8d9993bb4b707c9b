"""Messages of the queue: bodies to events."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import JsonValue, TypeAdapter, ValidationError

from contracts.base import SCHEMA_VERSION, Contract
from contracts.events import Event, EventBatch


class UnreadBatch(Contract):
    """An EventBatch whose events are not looked at yet."""

    schema_version: Literal[1] = SCHEMA_VERSION
    events: tuple[JsonValue, ...]


@dataclass(frozen=True)
class Message:
    """One message: its valid events, and what is wrong with the rest."""

    message_id: str
    body: str
    events: tuple[Event, ...] = ()
    problems: tuple[str, ...] = ()
    """Where and what, never the payload. A message with problems goes to the dead-letter queue."""


def read(record: dict[str, Any]) -> Message:
    """Read one record of an SQS event."""
    message_id, body = record["messageId"], record["body"]
    try:
        return Message(message_id, body, EventBatch.model_validate_json(body).events)
    except ValidationError as error:
        return Message(message_id, body, tuple(_salvaged(body)), _problems(error))


def _salvaged(body: str) -> Iterator[Event]:
    for candidate in _unread(body):
        try:
            yield _event().validate_python(candidate)
        except ValidationError:
            continue


def _unread(body: str) -> tuple[JsonValue, ...]:
    try:
        return UnreadBatch.model_validate_json(body).events
    except ValidationError:
        return ()


@cache
def _event() -> TypeAdapter[Event]:
    return TypeAdapter(Event)


def _problems(error: ValidationError) -> tuple[str, ...]:
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(f"{'.'.join(map(str, detail['loc']))}: {detail['type']}" for detail in details[:10])
