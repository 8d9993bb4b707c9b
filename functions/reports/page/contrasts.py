"""Segments beside all other rides, in how what is asked has changed."""

from collections.abc import Sequence

from contracts.findings import SegmentContrast
from reports.page import text, values
from reports.page.markup import Markup, tag
from reports.page.metrics import summary_of
from reports.page.plots.scale import Scale
from reports.page.plots.strip import scale_of, strip
from reports.page.table import number, row, table, wide, words

HEADS = (
    ("Segment", None),
    ("What", None),
    ("Rides", "n"),
    ("Itself", "n"),
    ("All others", "n"),
    ("Apart by", "n"),
    ("95\N{NO-BREAK SPACE}% interval", "n"),
    ("Adjusted p", "n"),
    ("", "strip"),
)
MEANING = (
    "Change since the reference, of the whole week; what moves all rides alike cancels. "
    "Told in spreads of what is usual of rides alike."
)


def contrasts(found: Sequence[SegmentContrast]) -> list[Markup]:
    """Show them, folded where none has moved; nothing where none was judged."""
    if not found:
        return []
    scale = scale_of((one.change for one in found), also=[0.0])
    title = tag("h3", "Changed otherwise than the rest", class_="apart")
    moved = [one for one in found if one.moved]
    told = tag("p", MEANING, class_="quiet small")
    every = tag("details", tag("summary", "Every segment"), table(HEADS, (_row(one, scale) for one in found)))
    if not moved:
        return [title, tag("p", "Of ", values.count(len(found)), " segments, none."), told, every]
    return [title, told, table(HEADS, (_row(one, scale) for one in moved)), every]


def _row(one: SegmentContrast, scale: Scale) -> Markup:
    name = f"{text.name(one.family)}: {one.label}"
    label = summary_of(f"{name}, {text.name(one.of)}, apart by", one.change, text.apart)
    return row(
        name,
        words("What", text.name(one.of)),
        number("Rides", values.count(one.rows)),
        number("Itself", values.apart(one.own)),
        number("All others", values.apart(one.others)),
        number("Apart by", values.apart(one.change.value)),
        number("Interval", values.interval(one.change, text.apart)),
        number("Adjusted p", values.probability(one.p_value)),
        wide(strip(one.change, scale, label, odd=one.moved)),
    )
