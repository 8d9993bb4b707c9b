"""What every page has around its content."""

from datetime import datetime

from reports.page import values
from reports.page.markup import Markup, join, tag
from reports.page.style import style

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' "
    "rx='3' fill='%230a5ca8'/%3E%3Cpath d='M2.5 10.5 6 7l3 2 4.5-5' fill='none' stroke='white' stroke-width='1.6'/%3E"
    "%3C/svg%3E"
)


def document(title: str, *content: Markup, home: str | None = None, now: datetime | None = None) -> str:
    """Give a whole page; `home` is the address of the list, relative to this page."""
    body = tag("body", tag("div", _top(home, now), tag("main", *content, id="content"), class_="page"))
    return f"<!doctype html>\n{tag('html', _head(title), body, lang='en')}\n"


def _head(title: str) -> Markup:
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="color-scheme", content="light dark"),
        tag("title", f"{title} · Ridewatch"),
        tag("link", rel="icon", href=ICON),
        tag("style", Markup(style())),
    )


def _top(home: str | None, now: datetime | None) -> Markup:
    mark = tag("span", "Ridewatch", class_="mark")
    way = [tag("a", "← All reports", href=home)] if home else []
    made = tag("span", "as of ", values.moment(now)) if now else Markup()
    return join(
        [
            tag("a", "Skip to the content", href="#content", class_="skip"),
            tag("header", tag("nav", mark, *way), made, class_="top"),
        ]
    )
