"""MAE by window: a line with a dot for each window, over the reference's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contracts.report import Report
from reports.page import text
from reports.page.markup import Markup, tag
from reports.page.scale import Scale, upwards

HEIGHT = 112
BELOW = 18
MARGIN = 20
GAP = 3
"""Windows without an error that a line still crosses; replayed history may leave a year out."""
MANY = 24
"""Above so many windows the dots are small."""
ROOM = 70
"""Per cent of the width up to which a date may begin, beside the last one."""


@dataclass(frozen=True)
class Point:
    """One judged window."""

    report: Report
    mae: float
    reference: float | None

    def follows(self, other: "Point") -> bool:
        """Tell whether so few windows lie between the two that a line may join them."""
        gap = self.report.window.start - other.report.window.end
        return gap <= GAP * (other.report.window.end - other.report.window.start)


def points_of(reports: Sequence[Report]) -> list[Point]:
    """Give the windows whose MAE is known, oldest first."""
    known = sorted(reports, key=lambda report: report.window.start)
    judged = ((report, report.performance) for report in known)
    return [Point(report, told.mae.value, told.mae.reference) for report, told in judged if told.mae is not None]


def trend(points: Sequence[Point], label: str) -> Markup:
    """Draw two windows or more, one after the other: a gap in time breaks the line and does not stretch it."""
    x = Scale(0, len(points) - 1, 1, 99)
    levels = [level for point in points for level in (point.mae, point.reference) if level is not None]
    y = upwards(levels, HEIGHT, MARGIN)
    drawn = (*_reference(points, x, y), *_line(points, x, y), *_dots(points, x, y), *_axis(points, x))
    return tag("svg", *drawn, role="img", aria_label=label, height=HEIGHT + BELOW)


def _reference(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[Markup]:
    for place, (left, right) in enumerate(pairwise(points)):
        if left.reference is not None and right.reference is not None:
            yield _stroke(x(place), x(place + 1), y(left.reference), y(right.reference), None)
    first = points[0].reference
    if first is not None:
        words = f"reference {text.minutes(first)}"
        yield tag("text", words, x="0%", y=y(first) + _beside(points, y), class_="halo")


def _beside(points: Sequence[Point], y: Scale) -> float:
    """Keep the reference's label off the line: below where the first window stands above it, else above."""
    first = points[0]
    return 14.0 if first.reference is not None and y(first.mae) <= y(first.reference) else -5.0


def _line(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[Markup]:
    for place, (left, right) in enumerate(pairwise(points)):
        if right.follows(left):
            yield _stroke(x(place), x(place + 1), y(left.mae), y(right.mae), "now")


def _stroke(x1: float, x2: float, y1: float, y2: float, kind: str | None) -> Markup:
    return tag("line", x1=f"{x1:.2f}%", x2=f"{x2:.2f}%", y1=y1, y2=y2, class_=kind)


def _dots(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[Markup]:
    size = 3.0 if len(points) > MANY else 4
    for place, point in enumerate(points):
        yield tag("g", tag("title", _told(point)), *_dot(point, x.percent(place), y(point.mae), size))
    last = points[-1]
    yield tag("text", text.minutes(last.mae), x="100%", dx=9, y=y(last.mae) + 4, class_="now")


def _dot(point: Point, x: str, y: float, size: float) -> Iterator[Markup]:
    if point.report.drifted:
        shift = f"translate({-size} 0)"
        yield tag("rect", x=x, y=y - size, width=2 * size, height=2 * size, transform=shift, class_="moved")
    else:
        yield tag("circle", cx=x, cy=y, r=size, class_="now")
    yield tag("circle", cx=x, cy=y, r=11, class_="hit")


def _told(point: Point) -> str:
    words = f"{text.span(point.report.window)}: MAE {text.minutes(point.mae)}"
    moved = ", ".join(map(text.name, point.report.drifted))
    return f"{words}; moved: {moved}" if moved else words


def _axis(points: Sequence[Point], x: Scale) -> Iterator[Markup]:
    """Date the first window, the last, and each that follows a gap if there is room for its date."""
    last = len(points) - 1
    yield _date(points[0], "0%", "start")
    yield _date(points[last], "100%", "end")
    free = 20.0
    for place in range(1, last):
        if not points[place].follows(points[place - 1]) and free <= x(place) <= ROOM:
            yield _date(points[place], x.percent(place), "start")
            free = x(place) + 20


def _date(point: Point, x: str, anchor: str) -> Markup:
    return tag("text", text.brief(point.report.window), x=x, y=HEIGHT + 14, text_anchor=anchor)
