"""A backtest as a page: a time line of alerts against the truth, pass by pass."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from reports.page.layout import document
from reports.page.markup import Markup, join, tag
from reports.page.plots.scale import Scale
from reports.page.table import number, row, table, words
from ridewatch.backtest.markdown import TITLES
from ridewatch.backtest.result import Backtest, Found, Planted, Raised

HEIGHT, MIDDLE = 34, 17
SIZE = {"page": 6, "ticket": 4}
HEADS = (("", None), ("Told", None), ("After", None), ("Named", None))


def page(result: Backtest) -> str:
    """Give the whole page; it stands alone, without a script."""
    return document(
        "Backtest",
        tag("h1", "What would have been told, and when"),
        tag("p", _summary(result), class_="facts"),
        tag("p", "A square is a page, a dot a ticket; a shaded span is a planted fault. Time goes from left to right."),
        *_passes(result),
        *(_fault(fault) for fault in result.faults),
    )


def _summary(result: Backtest) -> str:
    own = result.false_alarms[0]
    return (
        f"{result.rides:,} rides from {result.start:%d %b %Y} to {result.end:%d %b %Y}, {result.labelled_rides:,} "
        f"labelled. On the data as they are, pages: {own.pages}, tickets: {own.tickets}."
    )


def _passes(result: Backtest) -> Iterator[Markup]:
    time = _Time(result.start, result.end)
    yield tag("h2", "Time line")
    yield _line("The data as they are", time.plot(result.alerts, None))
    for fault in result.faults:
        yield _line(fault.does, time.plot(fault.alerts, fault.begins))
    yield tag("p", f"{result.start:%d %b %Y} – {result.end:%d %b %Y}", class_="quiet small")


def _line(words_: str, plot: Markup) -> Markup:
    return tag("figure", tag("figcaption", words_), plot)


class _Time:
    """The axis of all plots."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self._scale = Scale(start.timestamp(), (end + timedelta(days=2)).timestamp(), 1, 99)

    def plot(self, alerts: Sequence[Raised], begins: datetime | None) -> Markup:
        """Draw alerts where they opened, each with a line until it was over."""
        truth = [self._truth(begins)] if begins else []
        axis = tag("line", x1="1%", x2="99%", y1=MIDDLE, y2=MIDDLE, class_="rule")
        marks = [self._alert(alert) for alert in alerts]
        return tag("svg", *truth, axis, *marks, height=HEIGHT, role="img", aria_label=_told(alerts))

    def _truth(self, begins: datetime) -> Markup:
        x = self._scale(begins.timestamp())
        return tag("rect", x=f"{x:.2f}%", y=4, width=f"{99 - x:.2f}%", height=HEIGHT - 8, class_="fill")

    def _alert(self, alert: Raised) -> Markup:
        x, end = self._at(alert.at), self._at(alert.resolved_at) if alert.resolved_at else "99%"
        lasting = tag("line", x1=x, x2=end, y1=MIDDLE, y2=MIDDLE, class_=f"reach {_kind(alert)}")
        return tag("g", lasting, self._mark(alert), tag("title", f"{alert.at:%d %b %H:%M} UTC: {alert.sentence}"))

    def _mark(self, alert: Raised) -> Markup:
        size, x = SIZE[alert.severity], self._scale(alert.at.timestamp())
        if alert.severity == "ticket":
            return tag("circle", cx=f"{x:.2f}%", cy=MIDDLE, r=size, class_="now")
        return tag("rect", x=f"{x:.2f}%", y=MIDDLE - size, width=2 * size, height=2 * size, class_="odd")

    def _at(self, moment: datetime) -> str:
        return self._scale.percent(moment.timestamp())


def _kind(alert: Raised) -> str:
    return "odd" if alert.severity == "page" else ""


def _told(alerts: Sequence[Raised]) -> str:
    pages = sum(alert.severity == "page" for alert in alerts)
    return f"{pages} pages and {len(alerts) - pages} tickets"


def _fault(fault: Planted) -> Markup:
    """Say of a fault who noticed it."""
    rows = [_found(TITLES[found.by], found) for found in fault.setups]  # type: ignore[index]
    rows += [_found(f"… {found.by}", found) for found in fault.monitors if found.found]
    wanted = f"Should be noticed by: {fault.monitor}, {fault.named}. Begins {fault.begins:%d %b %Y %H:%M} UTC."
    return join([tag("h3", fault.does, class_="apart"), tag("p", wanted, class_="quiet small"), table(HEADS, rows)])


def _found(name: str, found: Found) -> Markup:
    if not found.found:
        nothing = (words("Told", "nothing", nothing=True), number("After", ""), words("Named", "", nothing=True))
        return row(name, *nothing, kind="")
    after = f"{found.rides:,} rides, {found.hours:.0f} h"
    told = found.sentence or f"{found.subject} is flagged"
    said = (words("Told", told), number("After", after), words("Named", "yes" if found.named else "no"))
    return row(name, *said, kind="")
