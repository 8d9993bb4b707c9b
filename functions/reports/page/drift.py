"""Whether the world moved: all columns together, then each, ranked by what its drift does to predictions."""

from collections.abc import Sequence

from contracts.findings import ColumnReport
from contracts.report import Report
from reports.page import text, values
from reports.page.attributions import attributions_figures
from reports.page.columns import column_figure
from reports.page.joint import joint_figures
from reports.page.markup import Markup, join, tag
from reports.page.plots.key import DISTRIBUTION, key
from reports.page.ranking import ranked, ranking_table

INTRO = "Each column beside the reference, in the order of the table. Bins of numbers are not equally wide."
SEEN = {"feature", "prediction", "actual"}


def drift_section(report: Report) -> Markup:
    """Show features, predictions and actuals; errors stand with the performance."""
    shown = ranked(column for column in report.columns if column.role in SEEN)
    whole = tag("div", *joint_figures(report.joint), *attributions_figures(report.attributions), class_="grid apart")
    parts = [tag("h2", "Has the world moved?", id="moved"), tag("p", _caption(shown)), whole]
    return tag("section", *parts, *_each(shown), aria_labelledby="moved")


def _each(columns: Sequence[ColumnReport]) -> list[Markup]:
    """Show column by column, unless nothing is known of any."""
    if not any(column.histogram or column.status == "failed" for column in columns):
        return []
    grid = tag("div", *map(column_figure, columns), class_="grid")
    intro = [tag("h3", "Every column, drawn", class_="apart"), tag("p", INTRO, class_="quiet small")]
    return [ranking_table(columns), *intro, key(*DISTRIBUTION), grid]


def _caption(columns: Sequence[ColumnReport]) -> Markup:
    judged = [column for column in columns if column.drifted is not None]
    if not judged:
        why = next((column.note for column in columns if column.note), "")
        return join([f"No column could be judged in this window. {why}".rstrip()])
    moved = [column for column in judged if column.drifted]
    if not moved:
        return join(["None of the ", values.count(len(judged)), " columns judged moved."])
    of = [" of the ", values.count(len(judged)), " columns judged moved"]
    return join([values.count(len(moved)), *of, *_strongest(moved), "."])


def _strongest(moved: list[ColumnReport]) -> list[Markup | str]:
    known = [column for column in moved if column.movement is not None]
    if not known:
        return []
    first = max(known, key=lambda column: column.movement or 0.0)
    words = f"; {text.name(first.name)} matters most: its drift alone moves predictions by "
    return [words, values.minutes(first.movement)]
