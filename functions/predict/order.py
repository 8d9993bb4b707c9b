"""A request body, read: what is asked, each item judged by itself."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

from pydantic_core import from_json

from contracts.api import MAX_BODY_BYTES
from contracts.base import Contract
from contracts.events import FieldProblem
from predict.judging import Item, Problems, judged
from predict.problems import NotAsked, NotJson, TooLarge


@dataclass(frozen=True)
class Envelope:
    """How many items are sent at once: `{"rides": […]}`."""

    key: str
    limit: int


@dataclass(frozen=True)
class Order(Generic[Item]):
    """What one request asks, in its order."""

    single: bool
    verdicts: tuple[Item | Problems, ...]

    @property
    def valid(self) -> list[Item]:
        """The items that are right."""
        return [verdict for verdict in self.verdicts if isinstance(verdict, Contract)]


def body_of(event: Mapping[str, Any]) -> bytes:
    """Give the body of a REST API proxy event. Raises NotJson, TooLarge."""
    text = event.get("body") or ""
    try:
        body = base64.b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode()
    except ValueError as error:
        message = "The body is not UTF-8 text. Send JSON, encoded as UTF-8."
        raise NotJson(message) from error
    if len(body) > MAX_BODY_BYTES:
        message = f"The body has {len(body)} bytes, {MAX_BODY_BYTES} are read. Send fewer items at once."
        raise TooLarge(message)
    return body


def read_order(body: bytes, shape: type[Item], envelope: Envelope) -> Order[Item]:
    """Read and judge what is asked. Raises NotJson, NotAsked."""
    document = _parsed(body)
    if not isinstance(document, dict):
        message = f'Send one JSON object, or {{"{envelope.key}": [...]}} with up to {envelope.limit}.'
        raise NotAsked(message)
    if envelope.key not in document:
        return Order(single=True, verdicts=(judged(shape, document),))
    return Order(single=False, verdicts=tuple(judged(shape, item) for item in _items(document, envelope)))


def _parsed(body: bytes) -> Any:
    try:
        return from_json(body, allow_inf_nan=False)
    except ValueError as error:
        message = f"The body is not valid JSON: {error}. Numbers are finite and objects at most 200 deep."
        raise NotJson(message) from error


def _items(document: dict[str, Any], envelope: Envelope) -> list[Any]:
    items = document[envelope.key]
    if len(document) > 1:
        raise _not_asked(envelope, "extra_forbidden", f'Send "{envelope.key}" alone, without other fields beside it.')
    if not isinstance(items, list):
        raise _not_asked(envelope, "list_type", f'"{envelope.key}" is a list. Send one, with 1 to {envelope.limit}.')
    if not 1 <= len(items) <= envelope.limit:
        reason = "too_long" if items else "too_short"
        raise _not_asked(envelope, reason, f'"{envelope.key}" has {len(items)} items. Send 1 to {envelope.limit}.')
    return items


def _not_asked(envelope: Envelope, reason: str, remedy: str) -> NotAsked:
    return NotAsked(remedy, FieldProblem(field=envelope.key, reason=reason, message=remedy))
