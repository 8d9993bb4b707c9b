"""Every column's scores in one table, ranked by what its drift does to predictions."""

from collections.abc import Iterable, Sequence

from contracts.findings import ColumnReport
from reports.page import text, values
from reports.page.captions import psi_of
from reports.page.columns import state
from reports.page.markup import Markup, join, tag
from reports.page.plots.gauge import from_zero, gauge
from reports.page.plots.scale import Scale
from reports.page.table import number, row, table, wide, words

HEADS = (
    ("Column", None),
    ("", None),
    ("Moves predictions by", "strip"),
    ("", "n"),
    ("Their mean by", "n"),
    ("PSI", "n"),
    ("At least", "n"),
    ("Bound", "n"),
    ("Adjusted p", "n"),
    ("JS", "n"),
    ("Wasserstein", "n"),
    ("TV", "n"),
)
MEANING = (
    "PSI, the population stability index, is less what samples of this size show by chance; a column moved where "
    "its adjusted p is at most one in twenty. JS is the Jensen–Shannon distance, TV the total variation, Wasserstein "
    "is in standard deviations of the reference."
)


def ranked(columns: Iterable[ColumnReport]) -> list[ColumnReport]:
    """Rank by movement; what has none, as predictions and actuals, stands last, the most moved first."""
    return sorted(columns, key=_rank)


def ranking_table(columns: Sequence[ColumnReport]) -> Markup:
    """Show the scores of columns in the order given."""
    scale = from_zero(column.movement or 0.0 for column in columns)
    told = tag("p", MEANING, class_="quiet small")
    return join([tag("div", table(HEADS, (_row(column, scale) for column in columns)), class_="dense"), told])


def _rank(column: ColumnReport) -> tuple[bool, float, bool, float]:
    score = psi_of(column)
    return column.movement is None, -(column.movement or 0.0), not column.drifted, -(score or 0.0)


def _row(column: ColumnReport, scale: Scale) -> Markup:
    return row(
        text.name(column.name),
        words("", state(column)),
        wide(*_bar(column, scale)),
        number("Moves predictions by", values.minutes(column.movement), nothing=column.movement is None),
        number("Their mean by", values.change(column.effect), nothing=column.effect is None),
        *_scores(column),
    )


def _bar(column: ColumnReport, scale: Scale) -> list[Markup]:
    if column.movement is None:
        return []
    label = f"{text.name(column.name)} moves predictions by {text.minutes(column.movement)}"
    return [gauge(column.movement, scale, label, odd=bool(column.drifted))]


def _scores(column: ColumnReport) -> list[Markup]:
    told = (
        ("PSI", psi_of(column), text.score),
        ("At least", column.psi_lower, text.score),
        ("Bound", column.threshold, text.score),
        ("Adjusted p", column.p_value, text.probability),
        ("JS", column.jensen_shannon, text.score),
        ("Wasserstein", column.wasserstein, text.deviations),
        ("TV", column.total_variation, text.score),
    )
    return [number(label, values.shown(score, written), nothing=score is None) for label, score, written in told]
