"""The page of one report: what to know first, then errors, columns, quality, and the way to Evidently's page."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from contracts.findings import Estimate
from contracts.report import Report
from reports.page import text, values
from reports.page.columns import columns_section
from reports.page.layout import document
from reports.page.markup import Markup, join, tag
from reports.page.performance import performance_section
from reports.page.quality import quality_section

HOME = "../reports"
KINDS = {"hour": "One hour", "day": "One day", "custom": "A chosen window"}
STATES = {
    "complete": "",
    "too_few": "Too few rows: nothing of this window is judged.",
    "failed": "This report failed: what stands here is all that could be computed.",
}


def report_page(report: Report, *, now: datetime) -> str:
    """Give the page."""
    sections = [
        performance_section(report),
        columns_section(report.columns),
        quality_section(report),
        _evidently(report),
    ]
    top = [tag("h1", values.span(report.window)), _facts(report), *_lead(report), _figures(report)]
    return document(text.span(report.window), *top, *sections, _foot(report), home=HOME, now=now)


def _facts(report: Report) -> Markup:
    made = [" · revision ", values.count(report.revision), ", made ", values.moment(report.generated_at)]
    return tag("p", f"{KINDS[report.window.kind]} of model {report.model_version}", *made, class_="facts wrap")


def _lead(report: Report) -> list[Markup]:
    told = report.sentences or list(filter(None, [STATES[report.status]]))
    return [tag("ul", *(tag("li", sentence) for sentence in told), class_="lead")] if told else []


def _figures(report: Report) -> Markup:
    volume, told = report.volume, report.performance
    judged = sum(column.drifted is not None for column in report.columns)
    moved = len(report.drifted)
    return tag(
        "dl",
        _figure("Predictions", values.count(volume.predictions), _rides(report)),
        _figure("True durations", values.share(told.coverage), join([values.count(told.labelled), " rides labelled"])),
        _estimate("MAE", told.mae, values.minutes),
        _estimate("Bias", told.bias, values.change),
        _figure("Columns moved", _moved(moved), join(["of ", values.count(judged), " judged"])),
        _figure("Rejected requests", values.count(volume.rejections), _answered(report)),
        class_="figures",
    )


def _estimate(name: str, told: Estimate | None, written: Callable[[float | None], Markup]) -> Markup:
    value, reference = (told.value, told.reference) if told else (None, None)
    return _figure(name, written(value), join(["reference ", written(reference)]))


def _figure(name: str, number: Markup, beside: Markup) -> Markup:
    return tag("div", tag("dt", name), tag("dd", number), tag("dd", beside, class_="beside"))


def _moved(number: int) -> Markup:
    return tag("span", values.count(number), class_="moved" if number else None)


def _rides(report: Report) -> Markup:
    return join(["of ", values.count(report.volume.rides), " rides"])


def _answered(report: Report) -> Markup:
    flags = [join([f", {text.name(flag)} ", values.count(number)]) for flag, number in report.volume.flagged.items()]
    return join(["fallback answers ", values.count(report.volume.fallbacks), *flags])


def _evidently(report: Report) -> Markup:
    part = report.evidently
    title = tag("h2", "The long version", id="evidently")
    if not part.html_key:
        why = tag("p", part.note or "Evidently's page was not made for this window.", class_="quiet wrap")
        return tag("section", title, why, aria_labelledby="evidently")
    link = tag("a", "Evidently’s report of this window", href=f"{quote(report.report_id, safe='')}/evidently")
    sample = [values.count(part.rows), " rides of this window and ", values.count(part.reference_rows)]
    words = [" draws drift, summary and regression quality on a sample of ", *sample, " of the reference."]
    return tag("section", title, tag("p", link, *words), aria_labelledby="evidently")


def _foot(report: Report) -> Markup:
    as_of = [
        "It holds what had arrived by ",
        values.moment(report.as_of),
        "; what comes later makes its next revision.",
    ]
    rule = "Times are New York’s. PSI is corrected for sample size."
    same = [" The same numbers as JSON: this address with ", tag("code", "Accept: application/json"), "."]
    return tag(
        "footer", tag("p", "Report ", tag("code", report.report_id), ". ", *as_of), tag("p", rule, *same), class_="foot"
    )
