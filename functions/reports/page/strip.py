"""Now against the reference on one line: a grey ring, a blue dot, and the way between them."""

from collections.abc import Iterator

from reports.page.markup import Markup, tag
from reports.page.scale import Scale

MIDDLE = 8
HEIGHT = 2 * MIDDLE


def strip(now: float | None, reference: float | None, scale: Scale, label: str) -> Markup:
    """Draw both on a scale shared by the rows of a table."""
    return tag("svg", *_drawn(now, reference, scale), role="img", aria_label=label, height=HEIGHT)


def _drawn(now: float | None, reference: float | None, scale: Scale) -> Iterator[Markup]:
    yield tag("line", x1="0%", x2="100%", y1=MIDDLE, y2=MIDDLE, class_="rule")
    if scale.low < 0 < scale.high:
        zero = scale.percent(0)
        yield tag("line", x1=zero, x2=zero, y1=0, y2=HEIGHT, class_="rule")
    if now is not None and reference is not None:
        ends = {"x1": scale.percent(reference), "x2": scale.percent(now)}
        yield tag("line", y1=MIDDLE, y2=MIDDLE, class_="now", **ends)
    if reference is not None:
        yield tag("circle", cx=scale.percent(reference), cy=MIDDLE, r=4, class_="reference")
    if now is not None:
        yield tag("circle", cx=scale.percent(now), cy=MIDDLE, r=4.5, class_="now")
