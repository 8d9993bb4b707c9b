"""MAE by window: a line with a dot for each window, over the reference's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contracts.report import Report
from reports.page import text
from reports.page.markup import Markup, tag
from reports.page.scale import Scale, across, upwards

HEIGHT = 96
BELOW = 18


@dataclass(frozen=True)
class Point:
    """One judged window."""

    report: Report
    mae: float
    reference: float | None

    @property
    def when(self) -> float:
        """Where the window begins, in Unix seconds."""
        return self.report.window.start.timestamp()


def points_of(reports: Sequence[Report]) -> list[Point]:
    """Give the windows whose MAE is known, oldest first."""
    known = sorted(reports, key=lambda report: report.window.start)
    judged = ((report, report.performance) for report in known)
    return [Point(report, told.mae, told.mae_reference) for report, told in judged if told.mae is not None]


def trend(points: Sequence[Point], label: str) -> Markup:
    """Draw two windows or more."""
    x = across((point.when for point in points), margin=1)
    levels = [level for point in points for level in (point.mae, point.reference) if level is not None]
    y = upwards(levels, HEIGHT)
    drawn = (*_reference(points, x, y), *_line(points, x, y), *_dots(points, x, y), *_axis(points))
    return tag("svg", *drawn, role="img", aria_label=label, height=HEIGHT + BELOW)


def _reference(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[Markup]:
    for left, right in pairwise(points):
        if left.reference is not None and right.reference is not None:
            yield _stroke(x(left.when), x(right.when), y(left.reference), y(right.reference), None)
    first = points[0].reference
    if first is not None:
        words = f"reference {text.minutes(first)}"
        yield tag("text", words, x="0%", y=y(first) + _beside(points, y), class_="halo")


def _beside(points: Sequence[Point], y: Scale) -> float:
    """Keep the reference's label off the line: below where the first windows stand above it, else above."""
    first = points[0]
    return 14.0 if first.reference is not None and y(first.mae) <= y(first.reference) else -5.0


def _line(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[Markup]:
    for left, right in pairwise(points):
        yield _stroke(x(left.when), x(right.when), y(left.mae), y(right.mae), "now")


def _stroke(x1: float, x2: float, y1: float, y2: float, kind: str | None) -> Markup:
    return tag("line", x1=f"{x1:.2f}%", x2=f"{x2:.2f}%", y1=y1, y2=y2, class_=kind)


def _dots(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[Markup]:
    for point in points:
        yield tag("g", tag("title", _told(point)), *_dot(point, x, y))
    last = points[-1]
    yield tag("text", text.minutes(last.mae), x="100%", dx=9, y=y(last.mae) + 4, class_="now")


def _dot(point: Point, x: Scale, y: Scale) -> Iterator[Markup]:
    place, height = x.percent(point.when), y(point.mae)
    if point.report.drifted:
        yield tag("rect", x=place, y=height - 5, width=10, height=10, transform="translate(-5 0)", class_="moved")
    else:
        yield tag("circle", cx=place, cy=height, r=4, class_="now")
    yield tag("circle", cx=place, cy=height, r=11, class_="hit")


def _told(point: Point) -> str:
    words = f"{text.span(point.report.window)}: MAE {text.minutes(point.mae)}"
    moved = ", ".join(map(text.name, point.report.drifted))
    return f"{words}; moved: {moved}" if moved else words


def _axis(points: Sequence[Point]) -> Iterator[Markup]:
    first, last = points[0].report.window, points[-1].report.window
    yield tag("text", text.brief(first), x="0%", y=HEIGHT + 14)
    yield tag("text", text.brief(last), x="100%", y=HEIGHT + 14, text_anchor="end")
