"""What the marks of a plot mean, above it."""

from collections.abc import Sequence

from reports.page.markup import Markup, tag
from reports.page.plots import marks
from reports.page.plots.scale import Scale

WHOLE = Scale(0, 100, 0, 100)
HALF = "50%"


def key(*meanings: tuple[str, str]) -> Markup:
    """Give a legend: the name of a mark and what it means here."""
    return tag("ul", *(tag("li", _swatch(name), words) for name, words in meanings), class_="key")


def _swatch(name: str) -> Markup:
    return tag("svg", *MARKS[name], aria_hidden="true", height=marks.HEIGHT)


def _steps(y: float) -> Markup:
    return tag("line", x1="0%", x2="100%", y1=y, y2=y, class_="now")


MARKS: dict[str, Sequence[Markup]] = {
    "area": (marks.band(0, 100, WHOLE),),
    "line": (_steps(marks.MIDDLE),),
    "tick": (marks.upright(HALF, "tick"),),
    "bound": (marks.upright(HALF, "bound"),),
    "dot": (marks.point(HALF),),
    "estimate": (marks.reach(5, 95, WHOLE), marks.point(HALF)),
    "odd": (marks.reach(5, 95, WHOLE, odd=True), marks.point(HALF, odd=True)),
}
DISTRIBUTION = (("area", "reference"), ("line", "this window"))
ESTIMATES = (("tick", "reference"), ("estimate", "this window, with its 95\N{NO-BREAK SPACE}% interval"))
