"""A plot and a sentence for every column, those that moved first."""

from collections.abc import Iterable

from contracts.findings import ColumnReport
from reports.page import text, values
from reports.page.bars import bars
from reports.page.bins import Bin, bins_of, in_order
from reports.page.captions import column_caption, psi_of
from reports.page.histogram import histogram, key
from reports.page.markup import Markup, join, tag

STATES = {True: "moved", False: "steady", None: "not judged"}
INTRO = "Each column beside the reference, the one that moved most first. Bins of numbers are not equally wide."
STATUSES = {"failed": "failed", "too_few": "too few rows"}


def columns_section(columns: Iterable[ColumnReport]) -> Markup:
    """Show features, predictions and actuals; errors stand with the performance."""
    shown = sorted((column for column in columns if column.role != "error"), key=_rank)
    intro = tag("p", INTRO, class_="quiet")
    grid = tag("div", *map(column_figure, shown), class_="grid")
    return tag("section", tag("h2", "What moved", id="moved"), intro, key(), grid, aria_labelledby="moved")


def column_figure(column: ColumnReport) -> Markup:
    """Draw one column, now against the reference."""
    bins = bins_of(column)
    parts = [heading(column), *_plot(column, bins), tag("figcaption", column_caption(column, bins), *_means(column))]
    return tag("figure", *parts, class_="column")


def state(column: ColumnReport) -> Markup:
    """Say in a word or two what became of a column."""
    if column.drifted:
        return tag("span", "■ moved", class_="moved")
    return tag("span", STATUSES.get(column.status, STATES[column.drifted]), class_="quiet")


def heading(column: ColumnReport) -> Markup:
    """Name a column and what became of it."""
    return tag("header", tag("h3", text.name(column.name)), state(column))


def _plot(column: ColumnReport, bins: list[Bin]) -> list[Markup]:
    if not bins:
        return []
    label = f"Distribution of {text.name(column.name)}, this window against the reference"
    return [(histogram if in_order(column) else bars)(bins, label)]


def _means(column: ColumnReport) -> list[Markup]:
    if column.mean is None or column.mean_reference is None or column.status == "failed":
        return []
    now, before = (values.quantity(mean, column.unit) for mean in (column.mean, column.mean_reference))
    return [join([" Mean ", now, ", in the reference ", before, "."])]


def _rank(column: ColumnReport) -> tuple[bool, bool, float]:
    score = psi_of(column)
    return not column.drifted, score is None, -(score or 0.0)
