"""A plot and a sentence for every column."""

from contracts.findings import ColumnReport, Scores
from reports.page import text, values
from reports.page.captions import column_caption, is_accepted
from reports.page.markup import Markup, join, tag
from reports.page.plots.bars import bars
from reports.page.plots.bins import Bin, bins_of, in_order
from reports.page.plots.histogram import histogram

STATES = {True: "moved", False: "● steady", None: "not judged"}
STATUSES = {"failed": "× failed", "too_few": "too few rows"}


def column_figure(column: ColumnReport) -> Markup:
    """Draw one column, now against the reference."""
    bins = bins_of(column)
    title = tag("header", tag("h3", text.name(column.name)), state(column))
    caption = tag("figcaption", column_caption(column, bins), *_means(column))
    return tag("figure", title, *_plot(column, bins), caption, class_="column")


def state(column: Scores) -> Markup:
    """Say in a word or two what became of a column."""
    if is_accepted(column):
        return tag("span", "◫ moved, accepted", class_="quiet")
    if column.drifted:
        return tag("span", "■ moved", class_="odd")
    return tag("span", STATUSES.get(column.status, STATES[column.drifted]), class_="quiet")


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
