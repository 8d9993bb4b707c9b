"""Whether rides of now and of the reference can be told apart at all, and by which columns."""

from contracts.findings import Joint
from reports.page import text, values
from reports.page.markup import Markup, join, tag
from reports.page.metrics import summary_of
from reports.page.plots.gauge import from_zero, gauge
from reports.page.plots.key import key
from reports.page.plots.scale import Scale
from reports.page.plots.strip import scale_of, strip

CHANCE, CERTAIN = 0.5, 1.0
MEANINGS = (
    ("estimate", "how well they can be told apart (AUC), with its 95\N{NO-BREAK SPACE}% interval"),
    ("bound", "up to here it does not matter"),
)
MOST = 6


def joint_figures(joint: Joint | None) -> list[Markup]:
    """Show the classifier's success and what it went by; nothing where none was trained."""
    return [_success(joint), *_columns(joint)] if joint else []


def _success(joint: Joint) -> Markup:
    title = tag("header", tag("h3", "All columns together"), _verdict(joint))
    plot = [key(*MEANINGS), *_plot(joint)] if joint.auc else []
    return tag("figure", title, *plot, tag("figcaption", joint_caption(joint)), class_="column")


def joint_caption(joint: Joint) -> Markup:
    """Say how well rides of now can be told from those of the reference."""
    if joint.auc is None:
        return join([joint.note or "Too few rows to try."])
    tried = ["Shown one ride of now and one of the reference, a classifier names the right one in "]
    success = [values.share(joint.auc.value), " of pairs (", values.interval(joint.auc, text.share), "); "]
    return join([*tried, *success, f"guessing would in half of them. {_meaning(joint)}"])


def _meaning(joint: Joint) -> str:
    if joint.drifted is None:
        return joint.note
    if joint.drifted:
        return "So the rides of now are of another kind."
    return "So the rides of now are much like those of the reference, taken all columns together."


def _verdict(joint: Joint) -> Markup:
    if joint.drifted:
        return tag("span", "■ moved", class_="odd")
    return tag("span", "not judged" if joint.drifted is None else "● steady", class_="quiet")


def _plot(joint: Joint) -> list[Markup]:
    if joint.auc is None:
        return []
    scale = scale_of([joint.auc], also=[CHANCE, CERTAIN])
    label = summary_of("AUC", joint.auc, text.score)
    ends = ((CHANCE, "half: chance", "start"), (CERTAIN, "all", "end"))
    plot = strip(joint.auc, scale, label, odd=bool(joint.drifted), bound=joint.threshold)
    return [plot, tag("svg", *(_end(*end, scale) for end in ends), height=14, aria_hidden="true")]


def _end(value: float, words: str, anchor: str, scale: Scale) -> Markup:
    return tag("text", words, x=scale.percent(value), y=11, text_anchor=anchor)


def _columns(joint: Joint) -> list[Markup]:
    if not joint.features:
        return []
    shown = joint.features[:MOST]
    scale = from_zero(one.weight for one in shown)
    rows = (
        tag(
            "li",
            tag("span", text.name(one.name), class_="label"),
            gauge(one.weight, scale, f"{text.name(one.name)}: weight {text.score(one.weight)}"),
            tag("span", values.score(one.weight), class_="value"),
        )
        for one in shown
    )
    title = tag("header", tag("h3", "By which columns"))
    words = "How much of the classifier’s power each column carries, the most useful first."
    return [tag("figure", title, tag("ul", *rows, class_="bars"), tag("figcaption", words), class_="column")]
