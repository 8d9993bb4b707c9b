"""MAE by window: a dot with its interval for each window, over the reference's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contracts.report_list import ReportSummary
from reports.page import text
from reports.page.markup import Markup, tag
from reports.page.plots import marks
from reports.page.plots.scale import Scale, upwards

HEIGHT = 150
BELOW = 18
MARGIN = 20
GAP = 3
"""Windows without an error that a line still crosses; replayed history may leave a year out."""
MANY = 24
"""Above so many windows the dots are small."""
ROOM = 70
"""Per cent of the width up to which a date may begin, beside the last one."""
APART = 16
"""Pixels that two labels at the right end need between them."""


@dataclass(frozen=True)
class Point:
    """One judged window."""

    told: ReportSummary
    mae: float

    @property
    def low(self) -> float:
        """Where the interval begins; without one, the value."""
        return self.mae if self.told.mae_low is None else self.told.mae_low

    @property
    def high(self) -> float:
        """Where the interval ends."""
        return self.mae if self.told.mae_high is None else self.told.mae_high

    @property
    def reference(self) -> float | None:
        """The reference's MAE at the window's hours of the week."""
        return self.told.mae_reference

    def follows(self, other: "Point") -> bool:
        """Tell whether so few windows lie between the two that a line may join them."""
        gap = self.told.window.start - other.told.window.end
        return gap <= GAP * (other.told.window.end - other.told.window.start)


def points_of(reports: Sequence[ReportSummary]) -> list[Point]:
    """Give the windows whose MAE is known, oldest first."""
    known = sorted(reports, key=lambda report: report.window.start)
    return [Point(report, report.mae) for report in known if report.mae is not None]


def trend(points: Sequence[Point], label: str) -> Markup:
    """Draw two windows or more, one after the other: a gap in time breaks the line and does not stretch it."""
    x = Scale(0, len(points) - 1, 2, 98)
    levels = [level for point in points for level in (point.low, point.high, point.reference) if level is not None]
    y = upwards(levels, HEIGHT, MARGIN)
    drawn = (*_rules(y), *_reference(points, x, y), *_line(points, x, y), *_dots(points, x, y))
    named = (*_ends(points, y), *_axis(points, x))
    return tag("svg", *drawn, *named, role="img", aria_label=label, height=HEIGHT + BELOW)


def _rules(y: Scale) -> Iterator[Markup]:
    for tick in y.ticks():
        yield tag("line", x1="0%", x2="100%", y1=y(tick), y2=y(tick), class_="rule")
        yield tag("text", text.tick(tick), x="0%", dx=-8, y=y(tick) + 4, text_anchor="end")


def _reference(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[Markup]:
    for place, (left, right) in enumerate(pairwise(points)):
        if left.reference is not None and right.reference is not None:
            yield _stroke((x(place), x(place + 1)), (y(left.reference), y(right.reference)), "band")


def _line(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[Markup]:
    for place, (left, right) in enumerate(pairwise(points)):
        if right.follows(left):
            yield _stroke((x(place), x(place + 1)), (y(left.mae), y(right.mae)), "now thin")


def _stroke(across: tuple[float, float], down: tuple[float, float], kind: str) -> Markup:
    return tag("line", x1=f"{across[0]:.2f}%", x2=f"{across[1]:.2f}%", y1=down[0], y2=down[1], class_=kind)


def _dots(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[Markup]:
    size = 3.0 if len(points) > MANY else 4
    for place, point in enumerate(points):
        odd, middle = bool(point.told.worse), x(place)
        reach = _stroke((middle, middle), (y(point.low), y(point.high)), "reach odd" if odd else "reach")
        dot = marks.point(x.percent(place), y(point.mae), odd=odd, radius=size)
        hit = tag("circle", cx=x.percent(place), cy=y(point.mae), r=11, class_="hit")
        yield tag("g", tag("title", _told(point)), reach, dot, hit)


def _told(point: Point) -> str:
    words = f"{text.span(point.told.window)}: MAE {text.minutes(point.mae)}"
    moved = text.listed(list(map(text.name, point.told.drifted)))
    return f"{words}; moved: {moved}" if moved else words


def _ends(points: Sequence[Point], y: Scale) -> Iterator[Markup]:
    """Name the last window's error and reference at the right end, never one over the other."""
    last = points[-1]
    yield tag("text", text.minutes(last.mae), x="100%", dx=2, y=y(last.mae) + 4, class_="now")
    if last.reference is not None:
        apart = y(last.reference) - y(last.mae)
        moved = max(apart, APART) if apart >= 0 else min(apart, -APART)
        words = f"ref. {text.minutes(last.reference)}"
        yield tag("text", words, x="100%", dx=2, y=y(last.mae) + moved + 4)


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
    return tag("text", text.brief(point.told.window), x=x, y=HEIGHT + 14, text_anchor=anchor)
