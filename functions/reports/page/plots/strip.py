"""One estimate on a line: a tick for the reference, a dot for now, and how far its interval reaches."""

from collections.abc import Iterable, Iterator

from contracts.findings import Estimate
from reports.page.markup import Markup, tag
from reports.page.plots import marks
from reports.page.plots.scale import Scale, across


def strip(told: Estimate, scale: Scale, label: str, *, odd: bool = False, bound: float | None = None) -> Markup:
    """Draw an estimate on a scale shared by the rows of a table; `bound` is where it would be out of line."""
    drawn = [marks.line(), *_zero(scale), *_bound(bound, scale), *mark(told, scale, odd=odd)]
    return tag("svg", *drawn, role="img", aria_label=label, height=marks.HEIGHT)


def mark(told: Estimate, scale: Scale, *, odd: bool = False, y: float = marks.MIDDLE) -> Iterator[Markup]:
    """Draw the marks of an estimate alone."""
    if told.reference is not None:
        yield marks.upright(scale.percent(told.reference), "tick", 2 * y)
    if told.low is not None and told.high is not None:
        yield marks.reach(told.low, told.high, scale, odd=odd, y=y)
    yield marks.point(scale.percent(told.value), y, odd=odd)


def levels(told: Estimate | None) -> list[float]:
    """Give every number of an estimate that a scale must hold."""
    numbers = (told.value, told.low, told.high, told.reference) if told else ()
    return [number for number in numbers if number is not None]


def scale_of(estimates: Iterable[Estimate | None], *, also: Iterable[float] = (), margin: float = 4) -> Scale:
    """Give the scale that holds all estimates, and what else it should."""
    return across([*also, *(number for told in estimates for number in levels(told))] or [0.0], margin)


def _zero(scale: Scale) -> list[Markup]:
    return [marks.upright(scale.percent(0), "rule")] if scale.low < 0 < scale.high else []


def _bound(bound: float | None, scale: Scale) -> list[Markup]:
    return [] if bound is None else [marks.upright(scale.percent(bound), "bound")]
