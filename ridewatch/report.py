"""Asks the deployed drift report for a window and waits for its answer."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.mongodb.hours import Hours
from contracts.window import Window
from drift_report.windows import HOUR, day_of
from ridewatch.embedded.state import Stack


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


def newest_complete_window(hours: Hours, version: str, zone: ZoneInfo, now: datetime) -> Window:
    """Give the newest complete day with data, else the newest complete hour. Raises NothingToReport."""
    if last := hours.last_before(version, day_of(now, zone).start):
        return day_of(last, zone)
    if last := hours.last_before(version, now.replace(minute=0, second=0, microsecond=0)):
        return Window(kind="hour", start=last, end=last + HOUR)
    message = f"model {version} has no complete hour with rides: `ridewatch replay` first, or give --start and --end"
    raise NothingToReport(message)
