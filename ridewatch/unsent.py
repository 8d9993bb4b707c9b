"""Events that neither the queue nor S3 took: predict's log holds them in full, and from there they go back."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from adapters.errors import QueueUnavailable
from adapters.objects import Objects
from adapters.queue import EventQueue
from contracts.events import Event
from ridewatch.embedded.state import Stack

SAYING = "event unsent"
"""What predict says of such an event, a line each."""


def send_again(stack: Stack) -> int:
    """Send every event that predict's log holds, and count them. Raises QueueUnavailable.

    Sent again they double nothing: each has its id.
    """
    events = unsent(stack)
    queue = EventQueue(stack.client("sqs"), stack.queue_url, Objects(stack.client("s3"), stack.bucket))
    delivery = queue.send(events, datetime.now(UTC))
    if delivery.unsent:
        raise QueueUnavailable(delivery.problem)
    return len(events)


def unsent(stack: Stack) -> list[Event]:
    """Read the events that predict's log holds."""
    found = stack.client("lambda").get_function_configuration(FunctionName=stack.functions["PredictFunction"])
    lines = _lines(stack.client("logs"), found["LoggingConfig"]["LogGroup"])
    return [event for line in lines if (event := _event(line))]


def _lines(logs: Any, group: str) -> Iterator[str]:
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group, filterPattern=f'"{SAYING}"'):
        yield from (event["message"] for event in page["events"])


def _event(line: str) -> Event | None:
    try:
        said = json.loads(line)
        event: Event = TypeAdapter(Event).validate_python(said["event"])
    except (json.JSONDecodeError, KeyError, TypeError, ValidationError):
        return None
    return event
