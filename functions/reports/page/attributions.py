"""What the model goes by, beside what it went by at training."""

from contracts.findings import Attributions
from reports.page import text, values
from reports.page.markup import Markup, join, tag
from reports.page.metrics import summary_of
from reports.page.plots.strip import scale_of
from reports.page.plots.strips import Named, strips

MOST = 8


def attributions_figures(told: Attributions | None) -> list[Markup]:
    """Show how much each group of features brings to an answer; nothing where no answer was explained."""
    if told is None:
        return []
    shown = [Named(text.name(one.name), one.size, summary_of(one.name, one.size, text.minutes)) for one in told.groups]
    scale = scale_of((one.told for one in shown), also=[0.0])
    plot = [strips(shown[:MOST], scale, text.minutes, "Minutes that each group of features brings")] if shown else []
    title = tag("header", tag("h3", "What does the model go by?"))
    return [tag("figure", title, *plot, tag("figcaption", _caption(told)), class_="column")]


def _caption(told: Attributions) -> Markup:
    if not told.groups:
        return join([told.note or "No answer of this window was explained."])
    brought = ["How much each group of features moves an answer on average, of the ", values.count(told.rows)]
    order = [] if told.agreement is None else [" Likeness of their order to training’s: ", values.score(told.agreement)]
    return join([*brought, " that were explained.", *order, *([" (nDCG; 1 is the same)."] if order else [])])
