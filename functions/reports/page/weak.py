"""Slices of rides found by themselves, whose answers are worse than is to be expected there."""

from collections.abc import Sequence

from contracts.findings import WeakSegment
from reports.page import text, values
from reports.page.markup import Markup, tag
from reports.page.metrics import summary_of
from reports.page.plots.scale import Scale
from reports.page.plots.strip import scale_of, strip
from reports.page.table import number, row, table, wide, words

HEADS = (
    ("Slice", None),
    ("Answers are", None),
    ("Rides", "n"),
    ("Expected MAE", "n"),
    ("More by", "n"),
    ("95\N{NO-BREAK SPACE}% interval", "n"),
    ("Adjusted p", "n"),
    ("", "strip"),
)
SIDES = {"long": "too long", "short": "too short", "either": "more wrong"}
MEANING = "Found among all slices of one column or two: chosen on half of the rides, tested on the other half."


def weak_segments(found: Sequence[WeakSegment]) -> list[Markup]:
    """Show them, the surest first; nothing where there is none."""
    if not found:
        return []
    scale = scale_of((one.excess for one in found), also=[0.0])
    title = tag("h3", "Weak slices, found without being asked for", class_="apart")
    return [title, tag("p", MEANING, class_="quiet small"), table(HEADS, (_row(one, scale) for one in found))]


def _row(one: WeakSegment, scale: Scale) -> Markup:
    name = text.name(one.segment_id).replace("=", " ").replace("&", ", ")
    label = summary_of(f"Excess of {name}", one.excess, text.change)
    return row(
        name,
        words("Answers are", SIDES[one.side]),
        number("Rides", values.count(one.rows)),
        number("Expected MAE", values.minutes(one.expected)),
        number("More by", values.change(one.excess.value)),
        number("Interval", values.interval(one.excess, text.change)),
        number("Adjusted p", values.probability(one.p_value)),
        wide(strip(one.excess, scale, label, odd=True)),
    )
