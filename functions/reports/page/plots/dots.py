"""Estimates of many slices under one another on one scale, each opening to all of its numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.findings import Estimate
from reports.page import text
from reports.page.markup import Markup, tag
from reports.page.plots import marks
from reports.page.plots.scale import Scale
from reports.page.plots.strip import mark

HEIGHT = 26
"""The rows of a plot touch, so that its rules run through all of them."""


@dataclass(frozen=True)
class Row:
    """One slice; without an estimate its words say why there is none."""

    name: str
    size: Markup
    told: Estimate | None
    words: Markup
    label: str
    """What the row says, for who cannot see it."""
    more: Sequence[Markup] = ()
    odd: bool = False


def dots(rows: Sequence[Row], scale: Scale) -> Markup:
    """Draw the rows."""
    return tag("div", *(_row(row, scale) for row in rows), class_="dots")


def axis(scale: Scale, unit: str) -> Markup:
    """Name some places of the scale, above the rows."""
    places = ((text.tick(tick), scale.percent(tick)) for tick in scale.ticks())
    labels = (tag("text", name, x=place, y=11, text_anchor="middle") for name, place in places)
    plot = tag("svg", *labels, height=14, aria_hidden="true")
    return tag("div", plot, tag("span", unit, class_="small quiet"), class_="dot axis")


def _row(row: Row, scale: Scale) -> Markup:
    parts = tag("span", *_parts(row, scale), class_="dot")
    if not row.more:
        return tag("div", parts, class_="slice")
    return tag("details", tag("summary", parts), *row.more, class_="slice")


def _parts(row: Row, scale: Scale) -> Iterator[Markup]:
    yield tag("span", row.name, class_="name")
    yield tag("span", row.size, class_="size")
    if row.told is None:
        yield tag("span", row.words, class_="why")
    else:
        yield tag("svg", *_drawn(row, row.told, scale), role="img", aria_label=row.label, height=HEIGHT)
        yield tag("span", row.words, class_="value")


def _drawn(row: Row, told: Estimate, scale: Scale) -> Iterator[Markup]:
    middle = HEIGHT / 2
    yield tag("title", row.label)
    yield marks.line(middle)
    yield from (marks.upright(scale.percent(tick), "rule", HEIGHT) for tick in scale.ticks())
    yield from mark(told, scale, odd=row.odd, y=middle)
