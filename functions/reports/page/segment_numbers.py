"""All numbers of one segment: what its line in the plot opens to."""

from collections.abc import Iterator

from contracts.findings import SegmentColumn, SegmentReport
from reports.page import text, values
from reports.page.checks import checks_table
from reports.page.columns import state
from reports.page.markup import Markup, join, tag
from reports.page.metrics import metrics_table
from reports.page.table import number, row, table, words

HEADS = (
    ("Column", None),
    ("", None),
    ("PSI", "n"),
    ("At least", "n"),
    ("Adjusted p", "n"),
    ("Missing", "n"),
    ("Unseen", "n"),
)


def segment_numbers(segment: SegmentReport) -> list[Markup]:
    """Show size, errors, the columns that moved or lack values, and the checks that any ride breaks."""
    return [tag("div", tag("p", _size(segment), class_="small"), *_parts(segment), class_="more-numbers")]


def _size(segment: SegmentReport) -> Markup:
    told = segment.performance
    rides = [values.count(segment.rows), " rides, ", values.share(segment.share), " of all"]
    before = [] if segment.share_reference is None else ["; in the reference ", values.share(segment.share_reference)]
    known = [". ", values.count(told.labelled), " have their true duration (", values.share(told.coverage), ")."]
    return join([*rides, *before, *known, f" {segment.note}" if segment.note else ""])


def _parts(segment: SegmentReport) -> Iterator[Markup]:
    yield metrics_table(segment.performance)
    odd = [column for column in segment.columns if column.drifted or column.missing or column.unseen]
    if odd:
        yield table(HEADS, map(_row, odd))
    broken = [check for check in segment.checks if check.broken]
    if broken:
        yield checks_table(broken)
    rest = _rest(len(segment.columns) - len(odd), len(segment.checks) - len(broken))
    yield tag("p", *rest, class_="small quiet") if rest else Markup()


def _rest(columns: int, checks: int) -> list[Markup | str]:
    """Say of how much there is nothing to say."""
    steady = [values.count(columns), " other columns have not moved and hold every value. "] if columns else []
    kept = [values.count(checks), " other rules are kept by all of these rides."] if checks else []
    return [*steady, *kept]


def _row(column: SegmentColumn) -> Markup:
    return row(
        text.name(column.name),
        words("Moved", state(column)),
        number("PSI", values.score(column.psi if column.psi_corrected is None else column.psi_corrected)),
        number("At least", values.score(column.psi_lower)),
        number("Adjusted p", values.probability(column.p_value)),
        number("Missing", values.count(column.missing), nothing=not column.missing),
        number("Unseen", values.count(column.unseen), nothing=not column.unseen),
    )
