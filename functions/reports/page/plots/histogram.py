"""A histogram of values in order: the reference as a grey area, now as a blue line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.page import text
from reports.page.markup import Markup, tag
from reports.page.plots.bins import Bin
from reports.page.plots.scale import Scale, round_below

HEIGHT = 88
BELOW = 18
TITLES = "{label}: {now} now ({count}), {reference} in the reference"
LONG_LABEL = 7
MANY = 8
TICKS = 5


def histogram(bins: Sequence[Bin], label: str) -> Markup:
    """Draw the shares of bins that follow one another; `label` says what is seen, for who cannot see it."""
    up = Scale(0, max(max(part.now, part.reference) for part in bins) or 1, HEIGHT, 10)
    columns = Scale(0, len(bins), 0, 100)
    drawn = [*_areas(bins, columns, up), *_rule(up), *_steps(bins, columns, up), *_axis(bins, columns)]
    return tag("svg", *drawn, *_hits(bins, columns), role="img", aria_label=label, height=HEIGHT + BELOW)


def told(part: Bin) -> str:
    """Say one bin in words."""
    return TITLES.format(
        label=part.label,
        now=text.share(part.now),
        count=text.count(part.count),
        reference=text.share(part.reference),
    )


def _areas(bins: Sequence[Bin], columns: Scale, up: Scale) -> Iterator[Markup]:
    for place, part in enumerate(bins):
        top = up(part.reference)
        yield _box(place, columns, top, HEIGHT - top, "fill")


def _rule(up: Scale) -> Iterator[Markup]:
    share = round_below(up.high)
    y = up(share)
    yield tag("line", x1="0%", x2="100%", y1=y, y2=y, class_="rule")
    yield tag("text", text.share(share).replace(f".0{text.GAP}", text.GAP), x="0%", y=y - 3, class_="halo")


def _steps(bins: Sequence[Bin], columns: Scale, up: Scale) -> Iterator[Markup]:
    for place, part in enumerate(bins):
        y = up(part.now)
        yield tag("line", x1=columns.percent(place), x2=columns.percent(place + 1), y1=y, y2=y, class_="now")
    for place, (left, right) in enumerate(pairwise(bins), start=1):
        x = columns.percent(place)
        yield tag("line", x1=x, x2=x, y1=up(left.now), y2=up(right.now), class_="now")


def _axis(bins: Sequence[Bin], columns: Scale) -> Iterator[Markup]:
    yield tag("line", x1="0%", x2="100%", y1=HEIGHT, y2=HEIGHT)
    edges = [place for place, part in enumerate(bins) if part.low]
    if len(edges) > 1:
        for place in _spread(edges):
            yield _tick(text.edge(bins[place].low), columns(place), "middle" if place else "start")
    else:
        for place in _labelled([part.label for part in bins]):
            yield _tick(bins[place].label, columns(place + 0.5), "middle")


def _tick(label: str, x: float, anchor: str) -> Markup:
    return tag("text", label, x=f"{x:.2f}%", y=HEIGHT + 14, text_anchor=anchor)


def _spread(places: Sequence[int]) -> list[int]:
    """Choose a few, as far apart as they can be."""
    steps = min(TICKS, len(places)) - 1
    return [places[round((len(places) - 1) * step / steps)] for step in range(steps + 1)]


def _labelled(labels: Sequence[str]) -> list[int]:
    """Choose the bins whose labels fit: all of a few, else every sixth hour."""
    few = len(labels) <= MANY and all(len(label) <= LONG_LABEL for label in labels)
    return list(range(0, len(labels), 1 if few else max(len(labels) // 4, 1)))


def _hits(bins: Sequence[Bin], columns: Scale) -> Iterator[Markup]:
    for place, part in enumerate(bins):
        yield tag("g", tag("title", told(part)), _box(place, columns, 0, HEIGHT, "hit"))


def _box(place: int, columns: Scale, y: float, height: float, kind: str) -> Markup:
    width = columns(1) - columns(0)
    return tag("rect", x=columns.percent(place), y=y, width=f"{width:.2f}%", height=height, class_=kind)
