"""Shares of values without an order: a row each, the reference as a grey bar, now as a blue dot."""

from collections.abc import Sequence

from reports.page import values
from reports.page.bins import Bin, largest, merged
from reports.page.histogram import told
from reports.page.markup import Markup, tag
from reports.page.scale import Scale

MOST = 7
HEIGHT = 14


def bars(bins: Sequence[Bin], label: str) -> Markup:
    """Draw the largest shares; `label` says what is seen, for who cannot see it."""
    rows = largest(bins, MOST)
    scale = Scale(0, max(max(part.now, part.reference) for part in rows) or 1, 0, 96)
    rest = [part for part in bins if part not in rows]
    lines = [_row(part, _drawn(part, scale)) for part in rows]
    lines += [_row(merged(rest), [])] if rest else []
    return tag("ul", *lines, class_="bars", aria_label=label)


def _drawn(part: Bin, scale: Scale) -> list[Markup]:
    return [
        tag("rect", y=3, height=HEIGHT - 6, width=scale.percent(part.reference), class_="fill"),
        tag("line", x1="0%", x2=scale.percent(part.now), y1=HEIGHT / 2, y2=HEIGHT / 2, class_="now"),
        tag("circle", cx=scale.percent(part.now), cy=HEIGHT / 2, r=4, class_="now"),
    ]


def _row(part: Bin, drawn: Sequence[Markup]) -> Markup:
    return tag(
        "li",
        tag("span", part.label, class_="label", title=part.label),
        tag("svg", tag("title", told(part)), *drawn, height=HEIGHT, role="img", aria_label=told(part)),
        tag("span", values.share(part.now), class_="value"),
    )
