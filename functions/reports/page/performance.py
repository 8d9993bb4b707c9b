"""How wrong the model is: MAE, RMSE and bias beside the reference's, and the errors themselves."""

from collections.abc import Sequence

from contracts.findings import ColumnReport, Estimate, Performance
from contracts.report import Report
from reports.page import values
from reports.page.bins import bins_of
from reports.page.captions import column_caption, performance_caption, strip_label
from reports.page.columns import heading
from reports.page.histogram import histogram, key
from reports.page.markup import Markup, tag
from reports.page.scale import Scale, across
from reports.page.strip import strip

Line = tuple[str, str, Estimate | None]


def performance_section(report: Report) -> Markup:
    """Show the errors of the rides whose true duration is known."""
    caption = tag("p", performance_caption(report.performance))
    parts = [tag("h2", "Is the model still right?", id="errors"), caption, _coverage(report)]
    if report.performance.mae is not None:
        parts += [_table(_lines(report.performance)), *_errors(report.columns)]
    return tag("section", *parts, aria_labelledby="errors")


def _coverage(report: Report) -> Markup:
    told = report.performance
    known = [values.count(told.labelled), " of ", values.count(report.volume.predictions), " predictions ("]
    rest = [values.share(told.coverage), ") have their true duration so far"]
    errors = (
        ["; the errors are those of ", values.count(told.judged), " rides of usual duration."] if told.judged else ["."]
    )
    return tag("p", *known, *rest, *errors, class_="quiet small")


def _lines(told: Performance) -> list[Line]:
    return [
        ("MAE", "mean absolute error", told.mae),
        ("RMSE", "root mean squared error", told.rmse),
        ("Bias", "prediction − actual, mean", told.bias),
    ]


def _table(lines: Sequence[Line]) -> Markup:
    known = [level for *_, told in lines for level in _levels(told) if level is not None]
    scale = across([0.0, *known])
    heads = (tag("th", words, scope="col", class_=kind) for words, kind in HEADS)
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *(_row(line, scale) for line in lines)))


HEADS = (("Error", None), ("This window", "n"), ("Reference", "n"), ("○ reference, ● this window", "strip"))


def _row(line: Line, scale: Scale) -> Markup:
    name, meaning, told = line
    now, reference = _levels(told)
    written = values.change if name == "Bias" else values.minutes
    return tag(
        "tr",
        tag("th", f"{name} ", tag("span", meaning, class_="small quiet"), scope="row"),
        tag("td", written(now), class_="n", data_label="this window"),
        tag("td", written(reference), class_="n", data_label="reference"),
        tag("td", strip(now, reference, scale, strip_label(name, now, reference)), class_="strip"),
    )


def _levels(told: Estimate | None) -> tuple[float | None, float | None]:
    return (told.value, told.reference) if told else (None, None)


def _errors(columns: Sequence[ColumnReport]) -> list[Markup]:
    return [_figure(column) for column in columns if column.role == "error" and column.histogram]


def _figure(column: ColumnReport) -> Markup:
    plot = histogram(bins_of(column), "Distribution of errors, this window against the reference")
    words = "Prediction − actual, in minutes: right of zero the answer was too long, left of it too short. "
    judged = [column_caption(column, bins_of(column))] if column.drifted is not None else []
    title = heading(column) if judged else tag("header", tag("h3", "Errors"))
    return tag("figure", title, key(), plot, tag("figcaption", words, *judged), class_="column errors")
