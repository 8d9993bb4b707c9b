"""Requests that were refused: how many, and for what."""

from collections.abc import Sequence

from contracts.findings import Quality, RejectionCount
from contracts.report import Volume
from reports.page import text, values
from reports.page.checks import exceeds
from reports.page.markup import Markup, join, tag
from reports.page.plots.gauge import from_zero, gauge
from reports.page.plots.scale import Scale

MOST = 8


def rejections_figure(volume: Volume, quality: Quality) -> Markup:
    """Show the reasons, the most frequent first."""
    title = tag("header", tag("h3", "Refused requests"), _verdict(quality))
    caption = tag("figcaption", _caption(volume, quality))
    return tag("figure", title, *_reasons(quality.rejections), caption, class_="column")


def _verdict(quality: Quality) -> Markup:
    if exceeds(quality.rejection_share):
        return tag("span", "■ more than before", class_="odd")
    known = quality.rejection_share is not None and quality.rejection_share.reference is not None
    return tag("span", "● as before" if known else "", class_="quiet")


def _reasons(rejections: Sequence[RejectionCount]) -> list[Markup]:
    if not rejections:
        return []
    ranked = sorted(rejections, key=lambda one: -one.count)
    scale = from_zero(one.count for one in ranked)
    return [tag("ul", *(_reason(one, scale) for one in ranked[:MOST]), *_rest(ranked[MOST:]), class_="bars long")]


def _reason(one: RejectionCount, scale: Scale) -> Markup:
    name = f"{text.name(one.field)}: {text.name(one.reason)}"
    plot = gauge(one.count, scale, f"{name}, {text.count(one.count)}")
    label = tag("span", name, class_="label", title=name)
    return tag("li", label, plot, tag("span", values.count(one.count), class_="value"))


def _rest(rest: Sequence[RejectionCount]) -> list[Markup]:
    if not rest:
        return []
    total = tag("span", values.count(sum(one.count for one in rest)), class_="value")
    return [tag("li", tag("span", f"{len(rest)} more", class_="label"), tag("span"), total)]


def _caption(volume: Volume, quality: Quality) -> Markup:
    count = [values.count(volume.rejections), " requests were refused"]
    told = quality.rejection_share
    if told is None:
        return join([*count, "."])
    share = [", ", values.share(told.value), " of all (", values.interval(told, text.share), ")"]
    before = [] if told.reference is None else ["; in the reference ", values.share(told.reference)]
    return join([*count, *share, *before, "."])
