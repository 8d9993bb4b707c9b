"""Values as markup: what a person reads, with the exact value in the element for whoever looks closer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from contracts.window import Window
from reports.page import text
from reports.page.markup import Markup, tag

NONE = tag("span", "–", class_="none", title="not known")


def count(number: int) -> Markup:
    """Show how many."""
    return _data(number, text.count)


def minutes(number: float | None) -> Markup:
    """Show minutes."""
    return _data(number, text.minutes)


def change(number: float | None) -> Markup:
    """Show a difference of minutes, with its sign."""
    return _data(number, text.change)


def score(number: float | None) -> Markup:
    """Show a drift score."""
    return _data(number, text.score)


def share(number: float | None) -> Markup:
    """Show a share."""
    return _data(number, text.share)


def quantity(number: float, unit: str) -> Markup:
    """Show a value of a column."""
    return _data(number, lambda value: text.quantity(value, unit))


def moment(when: datetime) -> Markup:
    """Show a moment in New York's time."""
    return tag("time", text.moment(when), datetime=when.isoformat())


def span(window: Window) -> Markup:
    """Show a window in New York's time."""
    return tag("time", text.span(window), datetime=f"{window.start.isoformat()}/{window.end.isoformat()}")


def _data(number: Any, written: Callable[[Any], str]) -> Markup:
    return NONE if number is None else tag("data", written(number), value=repr(number))
