"""How wrong the model is: MAE over windows, every error beside the reference's, the errors themselves, the labels."""

from collections.abc import Sequence

from contracts.findings import ColumnReport, Estimate, Performance
from contracts.report import Report
from contracts.report_list import ReportSummary
from reports.page import values
from reports.page.foreseen import foreseen_figures
from reports.page.history import history
from reports.page.labels import labels_figures
from reports.page.markup import Markup, join, tag
from reports.page.metrics import metrics_table
from reports.page.plots.bins import bins_of
from reports.page.plots.histogram import histogram
from reports.page.plots.key import DISTRIBUTION, key
from reports.page.watching import watch_line

Words = list[Markup | str]


def performance_section(report: Report, earlier: Sequence[ReportSummary]) -> Markup:
    """Show the errors of the rides whose true duration is known."""
    told = report.performance
    figures = tag("div", *_errors(report.columns), *labels_figures(report), class_="grid apart")
    said = [_title(), tag("p", performance_caption(told)), *watch_line(report.watch)]
    foreseen = foreseen_figures(report.before_labels, told)
    parts = [*said, history(report, earlier), metrics_table(told), *foreseen, figures]
    return tag("section", *parts, aria_labelledby="errors")


def _title() -> Markup:
    return tag("h2", "Is the model still right?", id="errors")


def performance_caption(told: Performance) -> Markup:
    """Say how wrong the model is, which way, and what it is worth."""
    if told.mae is None:
        return join([told.note or "No ride of this window has its true duration yet."])
    off: Words = ["Answers are off by ", values.minutes(told.mae.value), " on average", *_change(told.mae)]
    return join([*off, *_worse(told.worse), *_way(told.bias), *_worth(told)])


def _change(mae: Estimate) -> Words:
    if mae.reference is None:
        return ["."]
    more = mae.value - mae.reference
    side = " more than in the reference." if more >= 0 else " less than in the reference."
    return [", ", values.minutes(abs(more)), side]


def _worse(worse: bool | None) -> Words:
    if worse is None:
        return []
    return [" That is more than chance explains, and enough to matter." if worse else " That is not enough to matter."]


def _way(bias: Estimate | None) -> Words:
    if bias is None:
        return []
    side = "too long" if bias.value > 0 else "too short"
    before: Words = (
        [] if bias.reference is None else [" (bias); in the reference bias was ", values.change(bias.reference)]
    )
    return [f" They are {side} by ", values.minutes(abs(bias.value)), *before, "."]


def _worth(told: Performance) -> Words:
    if told.naive_mae is None or told.skill is None:
        return []
    naive: Words = [" The naive fallback would be off by ", values.minutes(told.naive_mae.value), " on the same rides"]
    if told.skill.value <= 0:
        return [*naive, ": the model is no better than that."]
    return [*naive, ": the model spares ", values.share(told.skill.value), " of it."]


def _errors(columns: Sequence[ColumnReport]) -> list[Markup]:
    return [_figure(column) for column in columns if column.role == "error" and column.histogram]


def _figure(column: ColumnReport) -> Markup:
    bins = bins_of(column)
    if not bins:
        return Markup()
    plot = histogram(bins, "Distribution of errors, this window against the reference")
    words = "Prediction − actual, in minutes: right of zero the answer was too long, left of it too short."
    return tag(
        "figure",
        tag("header", tag("h3", "The errors")),
        key(*DISTRIBUTION),
        plot,
        tag("figcaption", words, *_means(column)),
        class_="column",
    )


def _means(column: ColumnReport) -> Words:
    if column.mean is None or column.mean_reference is None:
        return []
    now, before = (values.change(mean) for mean in (column.mean, column.mean_reference))
    return [" On average ", now, ", in the reference ", before, "."]
