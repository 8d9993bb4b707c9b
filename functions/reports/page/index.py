"""The list of reports: MAE by window over a table, for each model version and kind of window."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from contracts.alerts import Alert
from contracts.report_list import ReportSummary
from reports.listing import written
from reports.page import values
from reports.page.alerts import open_alerts
from reports.page.history import MEANINGS, trend_caption
from reports.page.layout import document
from reports.page.markup import Markup, join, tag
from reports.page.plots.key import key
from reports.page.plots.trend import Point, points_of, trend
from reports.page.rows import address, moved_names, report_table

KINDS = {"day": "Days", "hour": "Hours", "custom": "Chosen windows"}


def index_page(
    reports: Sequence[ReportSummary], *, before: datetime | None, alerts: Sequence[Alert] | None, now: datetime
) -> str:
    """Give the page; `before` is where the next one begins, `alerts` those that are open, None after the first page."""
    newest = alerts is not None
    told = [open_alerts(alerts)] if alerts is not None else []
    status, ways = _status(reports, newest=newest), _ways(before, newest=newest)
    content = [*status, *told, *map(_series, _grouped(reports)), *ways]
    return document("Reports", tag("h1", "Reports"), *content, now=now)


def _status(reports: Sequence[ReportSummary], *, newest: bool) -> list[Markup]:
    if not reports:
        return [_empty() if newest else tag("p", "There are no older reports.", class_="quiet")]
    return [_newest(reports[0])] if newest else []


def _empty() -> Markup:
    first = tag(
        "p", "No report yet: the first one is made once a window with rides is complete, every hour and every day."
    )
    now = tag("p", "To have one now: ", tag("code", "ridewatch report"), class_="quiet")
    return tag("div", first, now, class_="empty")


def _newest(report: ReportSummary) -> Markup:
    window = tag("a", values.span(report.window), href=address(report))
    rides = [": ", values.count(report.predictions), " predictions, "]
    return tag("p", "The newest window is ", window, *rides, *_errors(report), *_moved(report), class_="lead")


def _errors(report: ReportSummary) -> list[Markup | str]:
    if report.mae is None:
        return ["no true duration yet; "]
    known = report.mae_reference is not None
    against = [" against ", values.minutes(report.mae_reference), " in the reference"] if known else []
    return ["MAE ", values.minutes(report.mae), *against, "; "]


def _moved(report: ReportSummary) -> list[Markup | str]:
    names = moved_names(report)
    return [tag("span", "moved", class_="odd"), f": {names}."] if names else ["nothing moved."]


def _grouped(reports: Sequence[ReportSummary]) -> list[list[ReportSummary]]:
    """Put the reports of one kind of window and one model version together; days before hours, else newest first."""
    groups: dict[tuple[str, str], list[ReportSummary]] = {}
    for report in reports:
        groups.setdefault((report.window.kind, report.model_version), []).append(report)
    return sorted(groups.values(), key=lambda group: list(KINDS).index(group[0].window.kind))


def _series(reports: Sequence[ReportSummary]) -> Markup:
    kind, model = reports[0].window.kind, reports[0].model_version
    name = f"{kind}-{model}"
    title = tag("h2", KINDS[kind], tag("span", f" · model {model}", class_="quiet small"), id=name, class_="wrap")
    points = points_of(reports)
    plots = [_figure(points, KINDS[kind].lower())] if kind != "custom" and len(points) > 1 else []
    return tag("section", title, *plots, report_table(reports), aria_labelledby=name)


def _figure(points: Sequence[Point], kind: str) -> Markup:
    plot = trend(points, f"Mean absolute error by window, {kind}, against the reference")
    return tag("figure", key(*MEANINGS), plot, tag("figcaption", trend_caption(points)), class_="trend")


def _ways(before: datetime | None, *, newest: bool) -> list[Markup]:
    links = [] if newest else [tag("a", "Newest reports", href="reports")]
    if before:
        older = urlencode({"before": written(before)})
        links.append(tag("a", "Older reports", href=f"reports?{older}"))
    links += [tag("a", "All numbers as a table (CSV)", href="reports.csv")]
    return [tag("nav", join(links, " · "), class_="more", aria_label="More reports")]
