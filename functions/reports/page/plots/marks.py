"""What plots of estimates are made of. Now is blue and round; what is out of line is orange-red and square."""

from reports.page.markup import Markup, tag
from reports.page.plots.scale import Scale

MIDDLE = 9
HEIGHT = 2 * MIDDLE
RADIUS = 4.5


def line(y: float = MIDDLE) -> Markup:
    """Draw the line that marks stand on."""
    return tag("line", x1="0%", x2="100%", y1=y, y2=y, class_="rule")


def upright(x: str, kind: str, height: float = HEIGHT) -> Markup:
    """Draw an upright line: a `rule` to measure by, a `tick` for the reference, a `bound` not to be passed."""
    return tag("line", x1=x, x2=x, y1=0, y2=height, class_=kind)


def reach(low: float, high: float, scale: Scale, *, odd: bool = False, y: float = MIDDLE) -> Markup:
    """Draw how far an interval reaches."""
    kind = "reach odd" if odd else "reach"
    return tag("line", x1=scale.percent(low), x2=scale.percent(high), y1=y, y2=y, class_=kind)


def point(x: str, y: float = MIDDLE, *, odd: bool = False, radius: float = RADIUS) -> Markup:
    """Draw a value."""
    if not odd:
        return tag("circle", cx=x, cy=y, r=radius, class_="now")
    shift = f"translate({-radius} {-radius})"
    return tag("rect", x=x, y=y, width=2 * radius, height=2 * radius, transform=shift, class_="odd")


def band(low: float, high: float, scale: Scale, height: float = HEIGHT) -> Markup:
    """Draw the span in which a value is expected."""
    width = f"{scale(high) - scale(low):.2f}%"
    return tag("rect", x=scale.percent(low), width=width, y=3, height=height - 6, class_="fill")
