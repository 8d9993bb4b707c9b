"""The window's volume against the same hours of the weeks before."""

from contracts.findings import Estimate, Rhythm
from reports.page import text, values
from reports.page.markup import Markup, join, tag
from reports.page.plots import marks
from reports.page.plots.key import key
from reports.page.plots.scale import Scale, across

MEANINGS = (("area", "expected, with its 95\N{NO-BREAK SPACE}% interval"), ("dot", "rides of this window"))


def rhythm_figure(rhythm: Rhythm) -> Markup:
    """Show how many rows came and how many were to be expected."""
    plot = [key(*MEANINGS), _plot(rhythm, rhythm.expected)] if rhythm.expected else []
    title = tag("header", tag("h3", "As many rides as usual?"), _verdict(rhythm))
    return tag("figure", title, *plot, tag("figcaption", *_caption(rhythm)), class_="column")


def _verdict(rhythm: Rhythm) -> Markup:
    if rhythm.unusual:
        return tag("span", "■ unusual", class_="odd")
    return tag("span", "not judged" if rhythm.unusual is None else "● as usual", class_="quiet")


def _plot(rhythm: Rhythm, expected: Estimate) -> Markup:
    low, high = _ends(expected)
    scale = across([low, high, rhythm.rows], margin=8)
    drawn = [
        marks.line(),
        marks.band(low, high, scale),
        marks.upright(scale.percent(expected.value), "tick"),
        marks.point(scale.percent(rhythm.rows), odd=bool(rhythm.unusual)),
    ]
    label = f"{text.count(rhythm.rows)} rides, {text.count(expected.value)} expected"
    plot = tag("svg", *drawn, role="img", aria_label=label, height=marks.HEIGHT)
    return join([plot, _axis(rhythm, expected, scale)])


def _ends(expected: Estimate) -> tuple[float, float]:
    low, high = (expected.value if end is None else end for end in (expected.low, expected.high))
    return low, high


def _axis(rhythm: Rhythm, expected: Estimate, scale: Scale) -> Markup:
    ends = sorted({*_ends(expected), rhythm.rows})
    places = [ends[0], ends[-1]]
    labels = (tag("text", text.count(end), x=scale.percent(end), y=11, text_anchor="middle") for end in places)
    return tag("svg", *labels, height=14, aria_hidden="true")


def _caption(rhythm: Rhythm) -> list[Markup | str]:
    rows: list[Markup | str] = [values.count(rhythm.rows), " rides"]
    if rhythm.expected is None:
        return [*rows, ". ", rhythm.note or "There is nothing to compare their number with.", *_silence(rhythm)]
    weeks = ["; the same hours of the ", values.count(rhythm.weeks), " weeks before let expect "]
    span = [values.count(rhythm.expected.value), " (", values.interval(rhythm.expected, text.count), ")."]
    return [*rows, *weeks, *span, *_silence(rhythm)]


def _silence(rhythm: Rhythm) -> list[Markup | str]:
    if not rhythm.silent_hours:
        return []
    hours = "hour" if rhythm.silent_hours == 1 else "hours"
    return [" ", values.count(rhythm.silent_hours), f" {hours} in which rides were to be expected held none."]
