"""The page of one report: what to know first, then errors, segments, drift, quality, and Evidently's page."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from contracts.report import Report
from contracts.report_list import ReportSummary
from reports.page import text, values
from reports.page.drift import drift_section
from reports.page.layout import document
from reports.page.markup import Markup, tag
from reports.page.performance import performance_section
from reports.page.quality import quality_section
from reports.page.segments import segments_section
from reports.page.summary import summary

HOME = "../reports"
KINDS = {"hour": "One hour", "day": "One day", "custom": "A chosen window"}
STATES = {
    "complete": "",
    "too_few": "Too few rows: nothing of this window is judged.",
    "failed": "This report failed: what stands here is all that could be computed.",
}


def report_page(report: Report, earlier: Sequence[ReportSummary] = (), *, now: datetime) -> str:
    """Give the page; `earlier` are the windows before, of the same kind and model version."""
    top = [tag("h1", values.span(report.window)), _facts(report), *_lead(report), *_changes(report, earlier)]
    sections = [
        performance_section(report, earlier),
        segments_section(report),
        drift_section(report),
        quality_section(report),
        _evidently(report),
    ]
    content = [*top, summary(report), *sections, _foot(report)]
    return document(text.span(report.window), *content, home=HOME, now=now)


def _facts(report: Report) -> Markup:
    made = [" · revision ", values.count(report.revision), ", made ", values.moment(report.generated_at)]
    kind = f"{KINDS[report.window.kind]} of model {report.model_version}"
    return tag("p", kind, *made, *_judged(report), class_="facts wrap")


def _judged(report: Report) -> list[Markup | str]:
    """Say what is judged where that is not the window alone."""
    if report.judged_window in {None, report.window} or report.status != "complete":
        return []
    return [" · of few rides, so judged together with those before: ", values.span(report.judged_window)]


def _lead(report: Report) -> list[Markup]:
    told = report.sentences or list(filter(None, [STATES[report.status]]))
    return [tag("ul", *(tag("li", text.name(sentence)) for sentence in told), class_="lead")] if told else []


def _changes(report: Report, earlier: Sequence[ReportSummary]) -> list[Markup]:
    if not report.changes:
        return []
    before = max(earlier, key=lambda one: one.window.end, default=None)
    link = [", ", tag("a", values.span(before.window), href=quote(before.report_id, safe=""))] if before else []
    told = tag("ul", *(tag("li", text.name(sentence)) for sentence in report.changes))
    return [tag("aside", tag("h2", "Since the window before", *link), told, class_="changes")]


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
    rule = "Times are New York’s. The reference is what the model learned from, and the errors it made out of sample."
    same = [" The same numbers as JSON: this address with ", tag("code", "Accept: application/json"), "; those of all "]
    table = ["reports as one table: ", tag("a", "reports.csv", href="../reports.csv"), "."]
    name = tag("p", "Report ", tag("code", report.report_id), ". ", *as_of)
    return tag("footer", name, tag("p", rule, *same, *table), class_="foot")
