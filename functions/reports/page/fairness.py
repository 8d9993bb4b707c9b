"""Whether the model is fair: each group of rides beside all, in four measures."""

from collections.abc import Sequence

from contracts.findings import FairnessGap
from reports.page import text, values
from reports.page.markup import Markup, join, tag
from reports.page.table import number, row, table

MEASURES = {
    "lean": ("Leans by", text.change),
    "mae_ratio": ("MAE, times all’s", text.ratio),
    "coverage": ("Intervals hold", text.points),
    "fallback": ("From the fallback", text.points),
}
HEADS = (("Group", None), ("Rides", "n"), *((words, "n") for words, _ in MEASURES.values()))
MEANING = (
    "Each group less all rides, with its 95\N{NO-BREAK SPACE}% interval; pp are percentage points. A group stands "
    "apart where the gap is more than chance among all groups and, drawn in as far as it is unsure, enough to matter."
)


def fairness(gaps: Sequence[FairnessGap]) -> list[Markup]:
    """Show a row for each group, family by family; nothing where none was compared."""
    if not gaps:
        return []
    groups: dict[tuple[str, str], dict[str, FairnessGap]] = {}
    for gap in gaps:
        groups.setdefault((gap.family, gap.group), {})[gap.measure] = gap
    rows = (_row(family, group, found) for (family, group), found in groups.items())
    told = [table(HEADS, rows), tag("p", MEANING, class_="quiet small")]
    groups_shown = tag("details", tag("summary", "Every group"), *told, open=any(gap.flagged for gap in gaps))
    return [tag("h3", "Is it fair?", class_="apart"), tag("p", _caption(gaps)), groups_shown]


def _caption(gaps: Sequence[FairnessGap]) -> Markup:
    apart = list(dict.fromkeys(gap.group for gap in gaps if gap.flagged))
    if not apart:
        return join(["No group stands apart from all rides."])
    return join([tag("span", "■ ", class_="odd"), f"Not alike to all rides: {text.listed(apart)}."])


def _row(family: str, group: str, found: dict[str, FairnessGap]) -> Markup:
    rides = max(gap.rows for gap in found.values())
    name = join([f"{group} ", tag("span", text.name(family), class_="small quiet")])
    cells = (_cell(words, found.get(measure), written) for measure, (words, written) in MEASURES.items())
    return row(name, number("Rides", values.count(rides)), *cells)


def _cell(words: str, gap: FairnessGap | None, written: values.Written) -> Markup:
    if gap is None:
        return number(words, values.NONE, nothing=True)
    mark = [tag("span", "■ ", class_="odd")] if gap.flagged else []
    reach = tag("span", values.interval(gap.gap, written), class_="reaches")
    return number(words, *mark, values.shown(gap.gap.value, written), reach)
