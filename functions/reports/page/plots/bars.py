"""Shares of values without an order: a row each, the reference as a grey bar, now as a blue dot."""

from collections.abc import Sequence

from reports.page import values
from reports.page.markup import Markup, tag
from reports.page.plots.bins import Bin, split
from reports.page.plots.histogram import told
from reports.page.plots.scale import Scale

MOST = 7
HEIGHT = 14


def bars(bins: Sequence[Bin], label: str) -> Markup:
    """Draw the largest shares; `label` says what is seen, for who cannot see it.

    What stands for several values is told without a bar: it would make all others small.
    """
    rows, together = split(bins, MOST)
    scale = Scale(0, max(max(part.now, part.reference) for part in rows) or 1, 0, 96)
    lines = [_row(part, _drawn(part, scale)) for part in rows] + [_row(part, []) for part in together]
    return tag("ul", *lines, class_="bars", aria_label=label)


def _drawn(part: Bin, scale: Scale) -> list[Markup]:
    """Draw the reference, now, and the way from the one to the other."""
    before, now, middle = scale.percent(part.reference), scale.percent(part.now), HEIGHT / 2
    return [
        tag("rect", y=2, height=HEIGHT - 4, width=before, class_="fill"),
        tag("line", x1=before, x2=now, y1=middle, y2=middle, class_="now"),
        tag("circle", cx=now, cy=middle, r=4, class_="now"),
    ]


def _row(part: Bin, drawn: Sequence[Markup]) -> Markup:
    return tag(
        "li",
        tag("span", part.label, class_="label", title=part.label),
        tag("svg", tag("title", told(part)), *drawn, height=HEIGHT, role="img", aria_label=told(part)),
        tag("span", values.share(part.now), class_="value"),
    )
