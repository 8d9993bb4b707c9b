"""The table of the list: a line for each report."""

from collections.abc import Sequence
from urllib.parse import quote

from contracts.findings import Estimate
from contracts.report_list import ReportSummary
from reports.page import text, values
from reports.page.markup import Markup, join, tag
from reports.page.metrics import summary_of
from reports.page.plots.scale import Scale
from reports.page.plots.strip import scale_of, strip
from reports.page.table import number, table, wide, words

HEADS = (
    ("Window", None),
    ("Status", None),
    ("Predictions", "n"),
    ("Moved columns", None),
    ("MAE", "n"),
    ("Reference", "n"),
    ("❘ reference, ● window", "strip"),
)
FEW, FAILED = "– too few rows", "× failed"


def report_table(reports: Sequence[ReportSummary]) -> Markup:
    """Draw the table; the errors of all lines share one scale."""
    scale = scale_of(map(_estimate, reports))
    return table(HEADS, (_row(report, scale) for report in reports))


def address(report: ReportSummary) -> str:
    """Give the report's address, relative to the list's."""
    return f"reports/{quote(report.report_id, safe='')}"


def status(report: ReportSummary) -> Markup:
    """Say in a word what became of a window; the sign before it says the same without colour."""
    if report.status != "complete":
        return tag("span", FEW if report.status == "too_few" else FAILED, class_="quiet status")
    found = ["worse"] * bool(report.worse) + ["moved"] * bool(report.drifted)
    if found:
        return tag("span", f"■ {', '.join(found)}", class_="odd status")
    return tag("span", "● steady", class_="quiet status")


def moved_names(report: ReportSummary) -> str:
    """Name the columns that moved."""
    return ", ".join(map(text.name, report.drifted))


def _estimate(report: ReportSummary) -> Estimate | None:
    if report.mae is None:
        return None
    return Estimate(value=report.mae, low=report.mae_low, high=report.mae_high, reference=report.mae_reference)


def _row(report: ReportSummary, scale: Scale) -> Markup:
    window = tag("a", values.span(report.window), href=address(report))
    return tag(
        "tr",
        tag("th", window, scope="row", class_="window"),
        wide(status(report), kind="full"),
        number("Predictions", values.count(report.predictions)),
        words("Moved", moved_names(report), nothing=not report.drifted),
        number("MAE", values.minutes(report.mae)),
        number("Reference", values.minutes(report.mae_reference)),
        wide(_plot(report, scale)),
    )


def _plot(report: ReportSummary, scale: Scale) -> Markup:
    told = _estimate(report)
    return strip(told, scale, summary_of("MAE", told, text.minutes), odd=bool(report.worse)) if told else join([])
