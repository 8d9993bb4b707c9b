"""What could be known before any label, how good that was, and why errors changed."""

from collections.abc import Iterator

from contracts.findings import BeforeLabels, Estimate, Performance
from reports.page import text, values
from reports.page.markup import Markup, join, tag
from reports.page.metrics import summary_of
from reports.page.plots.strip import scale_of
from reports.page.plots.strips import Named, strips

Words = list[Markup | str]
CAUSES = {
    "covariate": ("■ harder rides", "Rides got harder; rides alike are answered as before."),
    "concept": ("■ a changed world", "Rides alike are answered worse: the world is not what the model learnt."),
    "both": ("■ both", "Rides got harder, and rides alike are answered worse."),
    "neither": ("● neither", "Neither part is more than chance and large enough to matter."),
}
SIDES = {"long": " Answers lean to too long.", "short": " Answers lean to too short.", "either": ""}


def foreseen_figures(told: BeforeLabels | None, performance: Performance) -> list[Markup]:
    """Show the error that was to be expected beside the measured one, and the parts of its change."""
    if told is None:
        return []
    figures = [*_expectation(told, performance.mae), *_reasons(told)]
    return [tag("div", *figures, class_="pair")] if figures else []


def _expectation(told: BeforeLabels, mae: Estimate | None) -> list[Markup]:
    known = [Named(name, one, summary_of(name, one, text.minutes)) for name, one in _compared(told, mae)]
    if not known:
        return []
    scale = scale_of(row.told for row in known)
    plot = strips(known, scale, text.minutes, "The error that was to be expected, beside the measured one")
    title = tag("header", tag("h3", "Could it be known without true durations?"))
    return [tag("figure", title, plot, tag("figcaption", join(_expected(told, mae))), class_="column")]


def _compared(told: BeforeLabels, mae: Estimate | None) -> Iterator[tuple[str, Estimate]]:
    if told.estimated:
        yield "expected, of all rides", told.estimated
    if told.foreseen:
        yield "expected, of labelled", told.foreseen
    if told.foreseen and mae:
        yield "measured MAE", mae


def _expected(told: BeforeLabels, mae: Estimate | None) -> Iterator[Markup | str]:
    if told.estimated:
        yield from ["Before any true duration an MAE of ", values.minutes(told.estimated.value), " was expected."]
    if mae and told.miss is not None:
        yield from [" Of the labelled rides it was missed by ", values.share(abs(told.miss)), _than(told.miss)]
        yield from _constant(told.constant_miss)
    if told.coverage:
        yield from [" ", values.share(told.coverage.value), " of true durations lie within their answer’s interval"]
        yield from [" (", values.interval(told.coverage, text.share), ")", *_promise(told.coverage.reference)]


def _than(miss: float) -> str:
    return ": measured is more" if miss < 0 else ": measured is less"


def _constant(miss: float | None) -> Words:
    if miss is None:
        return ["."]
    return ["; to expect the reference’s would have missed by ", values.share(abs(miss)), "."]


def _promise(meant: float | None) -> Words:
    return ["."] if meant is None else ["; ", values.share(meant), " are meant to."]


def _reasons(told: BeforeLabels) -> list[Markup]:
    parts = [("harder rides", told.covariate), ("a changed world", told.concept), ("together", told.change)]
    known = [Named(name, one, summary_of(name, one, text.change)) for name, one in parts if one]
    if not known or told.cause is None:
        return []
    mark, meaning = CAUSES[told.cause]
    kind = "quiet" if told.cause == "neither" else "odd"
    title = tag("header", tag("h3", "Why did the error change?"), tag("span", mark, class_=kind))
    plot = strips(known, scale_of((row.told for row in known), also=[0.0]), text.change, "Parts of the change of MAE")
    caption = join([meaning, SIDES.get(told.side or "", "")])
    return [tag("figure", title, plot, tag("figcaption", caption), class_="column")]
