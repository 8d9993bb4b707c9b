"""Asks the deployed drift report for a window and waits for its answer."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from adapters.mongodb.connection import connect
from adapters.mongodb.hours import Hours
from ridewatch.embedded.state import Stack

HOUR = timedelta(hours=1)
Span = tuple[datetime, datetime]


class NothingToReport(Exception):
    """There is no complete window with data."""


class ReportFailed(Exception):
    """The function that reports raised an error."""


def run_report(stack: Stack, event: dict[str, Any]) -> dict[str, Any]:
    """Invoke the drift report with an event and give its answer. Raises ReportFailed."""
    answer = stack.client("lambda").invoke(
        FunctionName=stack.drift_report_function, Payload=json.dumps(event, default=str).encode()
    )
    body: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        message = f"the drift report failed: {body.get('errorType')}: {body.get('errorMessage')}"
        raise ReportFailed(message)
    return body


def newest_complete_window(stack: Stack, version: str, zone: ZoneInfo, now: datetime) -> Span:
    """Give the newest complete day with data, else the newest complete hour. Raises NothingToReport."""
    hours = Hours(connect(stack.mongodb_uri))
    span = hours.range(version)
    if span is None:
        message = f"model {version} has answered no ride yet: `ridewatch replay` first"
        raise NothingToReport(message)
    _, last = span
    day = day_of(last, zone)
    return day if day[1] <= now else (last, last + HOUR)


def day_of(moment: datetime, zone: ZoneInfo) -> Span:
    """Give the local day that holds a moment, as UTC times."""
    start = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)
