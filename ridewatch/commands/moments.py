"""Moments and windows as people write them; what names no zone is New York's."""

from datetime import datetime, timedelta

import typer

from contracts.ride import NEW_YORK
from contracts.window import Window
from drift_report.windows import day_of, window_of

FORMS = "a day (2019-03-06), an hour (2019-03-06T08), or a span (2019-03-06/2019-03-09)"


def moment(text: str | datetime) -> datetime:
    """Read an ISO 8601 time."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError as error:
        message = f"{text!r} is no time; give 2026-01-31, 2026-01-31T08:00 or 2026-01-31T08:00:00Z"
        raise typer.BadParameter(message) from error
    return found if found.tzinfo else found.replace(tzinfo=NEW_YORK)


def window(text: str) -> Window:
    """Read a day, an hour or a span."""
    start, slash, end = text.partition("/")
    try:
        if slash:
            return window_of(moment(start), moment(end), NEW_YORK)
        if "T" in text:
            return window_of(moment(text), moment(text) + timedelta(hours=1), NEW_YORK)
        return day_of(moment(text), NEW_YORK)
    except ValueError as error:
        message = f"{text!r} is no window; give {FORMS}"
        raise typer.BadParameter(message) from error
