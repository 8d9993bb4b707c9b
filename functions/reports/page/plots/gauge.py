"""One share or weight as a bar, beside others of the same scale."""

from collections.abc import Iterable

from reports.page.markup import Markup, tag
from reports.page.plots.scale import Scale

HEIGHT = 14


def gauge(value: float, scale: Scale, label: str, *, odd: bool = False) -> Markup:
    """Draw a bar from the left; `label` says what is seen, for who cannot see it."""
    kind = "bar odd" if odd else "bar"
    width = f"{max(scale(value) - scale(0), 0):.2f}%"
    drawn = tag("rect", x=scale.percent(0), y=3, width=width, height=HEIGHT - 6, class_=kind)
    return tag("svg", drawn, role="img", aria_label=label, height=HEIGHT)


def from_zero(values: Iterable[float]) -> Scale:
    """Scale from nothing to the largest."""
    return Scale(0, max([*values, 0.0]) or 1, 0, 100)
