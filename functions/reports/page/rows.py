"""The table of the list: a line for each report."""

from collections.abc import Sequence
from urllib.parse import quote

from contracts.report import Report
from reports.page import text, values
from reports.page.captions import strip_label
from reports.page.markup import Markup, join, tag
from reports.page.scale import Scale, across
from reports.page.strip import strip

HEADS = (
    ("Window", None),
    ("Status", None),
    ("Predictions", "n"),
    ("Moved columns", None),
    ("MAE", "n"),
    ("Reference", "n"),
    ("○ reference, ● window", "strip"),
)
FEW, FAILED = "– too few rows", "× failed"


def report_table(reports: Sequence[Report]) -> Markup:
    """Draw the table; the errors of all lines share one scale."""
    heads = (tag("th", words, scope="col", class_=kind) for words, kind in HEADS)
    scale = _scale(reports)
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *(_row(report, scale) for report in reports)))


def address(report: Report) -> str:
    """Give the report's address, relative to the list's."""
    return f"reports/{quote(report.report_id, safe='')}"


def status(report: Report) -> Markup:
    """Say in a word what became of a window; the sign before it says the same without colour."""
    if report.status != "complete":
        return tag("span", FEW if report.status == "too_few" else FAILED, class_="quiet status")
    if report.drifted:
        return tag("span", "■ moved", class_="moved status")
    return tag("span", "● steady", class_="quiet status")


def moved_names(report: Report) -> str:
    """Name the columns that moved."""
    return ", ".join(map(text.name, report.drifted))


def _scale(reports: Sequence[Report]) -> Scale:
    known = [level for report in reports for level in _levels(report) if level is not None]
    return across(known or [0.0], margin=5)


def _row(report: Report, scale: Scale) -> Markup:
    mae, reference = _levels(report)
    plot = strip(mae, reference, scale, strip_label("MAE", mae, reference))
    return tag(
        "tr",
        tag("th", tag("a", values.span(report.window), href=address(report)), scope="row", class_="window"),
        tag("td", status(report), class_="full"),
        tag("td", *_rows(report), class_="n", data_label="Predictions"),
        tag("td", moved_names(report), class_="wrap" if report.drifted else "zero", data_label="Moved"),
        tag("td", values.minutes(mae), class_="n", data_label="MAE"),
        tag("td", values.minutes(reference), class_="n", data_label="Reference"),
        tag("td", plot if mae is not None else join([]), class_="strip"),
    )


def _levels(report: Report) -> tuple[float | None, float | None]:
    mae = report.performance.mae
    return (mae.value, mae.reference) if mae else (None, None)


def _rows(report: Report) -> list[Markup | str]:
    return [values.count(report.volume.predictions)]
