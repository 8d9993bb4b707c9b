"""MAE over the windows before this one, and where this one stands among them."""

from collections.abc import Sequence

from contracts.report import Report
from contracts.report_list import ReportSummary
from reports.page import values
from reports.page.markup import Markup, join, tag
from reports.page.plots.key import key
from reports.page.plots.trend import Point, points_of, trend

MEANINGS = (
    ("area", "reference, at the window’s hours of the week"),
    ("estimate", "MAE of a window, with its 95\N{NO-BREAK SPACE}% interval"),
    ("odd", "worse, by more than chance and enough to matter"),
)


def history(report: Report, earlier: Sequence[ReportSummary]) -> Markup:
    """Draw the windows of the same kind and model version, this one last; nothing where there is none before."""
    points = points_of([*earlier, ReportSummary.of(report)])
    if len(points) < 2 or report.performance.mae is None:  # noqa: PLR2004 - one dot is no history
        return Markup()
    plot = trend(points, "Mean absolute error by window, this one last, against the reference")
    title = tag("header", tag("h3", "MAE, this window and those before it"))
    return tag("figure", title, key(*MEANINGS), plot, tag("figcaption", _caption(points)), class_="trend")


def trend_caption(points: Sequence[Point]) -> Markup:
    """Say between what the error moved, and in how many windows it was worse."""
    worse = sum(bool(point.told.worse) for point in points)
    marks = values.count(worse) if worse else "none"
    told = ["; worse by more than chance and enough to matter: in ", marks, "."]
    return join(["MAE was ", *_between(points), " in ", values.count(len(points)), " windows", *told])


def _caption(points: Sequence[Point]) -> Markup:
    before, last = points[:-1], points[-1]
    if len(before) == 1:
        return join(["In the window before, MAE was ", values.minutes(before[0].mae), _step(before[0], last)])
    span = ["In the ", values.count(len(before)), " windows before, MAE was ", *_between(before)]
    return join([*span, "; here it is ", values.minutes(last.mae), _place(before, last)])


def _between(points: Sequence[Point]) -> list[Markup | str]:
    errors = [point.mae for point in points]
    return ["between ", values.minutes(min(errors)), " and ", values.minutes(max(errors))]


def _place(before: Sequence[Point], last: Point) -> str:
    if last.mae > max(point.mae for point in before):
        return ", more than in any of them."
    if last.mae < min(point.mae for point in before):
        return ", less than in any of them."
    return ", within what they were."


def _step(before: Point, last: Point) -> str:
    if last.low > before.high:
        return "; here it is more, beyond both intervals."
    if last.high < before.low:
        return "; here it is less, beyond both intervals."
    return "; the two intervals overlap."
