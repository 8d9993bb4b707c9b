"""Values as markup: what a person reads, with the exact value in the element for whoever looks closer."""

from collections.abc import Callable
from datetime import datetime

from contracts.findings import Estimate
from contracts.window import Window
from reports.page import text
from reports.page.markup import Markup, tag

Written = Callable[[float], str]
"""How a number is written: one of the functions of `text`."""
NONE = tag("span", "–", class_="none", title="not known")


def count(number: float) -> Markup:
    """Show how many."""
    return shown(number, text.count)


def minutes(number: float | None) -> Markup:
    """Show minutes."""
    return shown(number, text.minutes)


def change(number: float | None) -> Markup:
    """Show a difference of minutes, with its sign."""
    return shown(number, text.change)


def score(number: float | None) -> Markup:
    """Show a drift score."""
    return shown(number, text.score)


def share(number: float | None) -> Markup:
    """Show a share."""
    return shown(number, text.share)


def quantity(number: float, unit: str) -> Markup:
    """Show a value of a column."""
    return shown(number, lambda value: text.quantity(value, unit))


def probability(number: float | None) -> Markup:
    """Show an adjusted p-value."""
    return shown(number, text.probability)


def hours(number: float) -> Markup:
    """Show a duration of hours."""
    return shown(number, text.hours)


def deviations(number: float | None) -> Markup:
    """Show a distance in standard deviations."""
    return shown(number, text.deviations)


def apart(number: float) -> Markup:
    """Show a difference, with its sign."""
    return shown(number, text.apart)


def interval(told: Estimate, written: Written) -> Markup:
    """Show how far an estimate's interval reaches: 4.44 to 4.68 min."""
    if told.low is None or told.high is None:
        return NONE
    low = tag("data", text.bare(written(told.low)), value=repr(told.low))
    return tag("span", low, " to ", shown(told.high, written), class_="interval")


def moment(when: datetime) -> Markup:
    """Show a moment in New York's time."""
    return tag("time", text.moment(when), datetime=when.isoformat())


def span(window: Window) -> Markup:
    """Show a window in New York's time."""
    return tag("time", text.span(window), datetime=f"{window.start.isoformat()}/{window.end.isoformat()}")


def shown(number: float | None, written: Written) -> Markup:
    """Show a number as it is written; what is not known as a dash."""
    return NONE if number is None else tag("data", written(number), value=repr(number))
