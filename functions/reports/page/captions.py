"""One sentence or two to each column's plot: what it means here, in numbers of the document."""

from collections.abc import Sequence

from contracts.findings import Accepted, ColumnReport, Scores
from reports.page import values
from reports.page.markup import Markup, join
from reports.page.plots.bins import Bin, most_moved

SURE = " with 95\N{NO-BREAK SPACE}% confidence"
UNJUDGED = {"too_few": "Too few rows to judge.", "failed": "This column could not be read."}
Words = list[Markup | str]


def column_caption(column: ColumnReport, bins: Sequence[Bin]) -> Markup:
    """Say whether a column moved, by how much, where most, and what that does to predictions."""
    if column.status != "ok" or column.drifted is None:
        return join([column.note or UNJUDGED.get(column.status, "Not judged in this window.")])
    verdict = [_where(bins), _consequence(column), _moved(column)] if column.drifted else _calm(column)
    return join((join(sentence) for sentence in (*verdict, *_remarks(column)) if sentence), " ")


def is_accepted(column: Scores) -> bool:
    """Tell whether a column that moved is as in a window that a person accepted as normal."""
    accepted = column.accepted if isinstance(column, ColumnReport) else None
    return bool(column.drifted and accepted and accepted.close)


def psi_of(column: ColumnReport) -> float | None:
    """Give the PSI that is shown: less what chance alone would show, where that is known."""
    return column.psi if column.psi_corrected is None else column.psi_corrected


def _moved(column: ColumnReport) -> Words:
    sure: Words = [] if column.psi_lower is None else [", at least ", values.score(column.psi_lower), SURE]
    over: Words = [" is over the bound of ", values.score(column.threshold)]
    return ["PSI ", values.score(psi_of(column)), *sure, *over, *_chance(column), "."]


def _chance(column: ColumnReport) -> Words:
    return [] if column.p_value is None else [" (adjusted p ", values.probability(column.p_value), ")"]


def _calm(column: ColumnReport) -> list[Words]:
    return [_steady(column), _consequence(column)]


def _steady(column: ColumnReport) -> Words:
    psi: Words = [values.score(psi_of(column))]
    bound: Words = [values.score(column.threshold)]
    if (psi_of(column) or 0.0) <= (column.threshold or 0.0):
        return ["As in the reference: PSI ", *psi, " is within the bound of ", *bound, "."]
    over: Words = ["Not sure to have moved: PSI ", *psi, " is over the bound of ", *bound]
    return [*over, ", but ", *_doubt(column), *_chance(column), "."]


def _doubt(column: ColumnReport) -> Words:
    if column.psi_lower is None or column.psi_lower > (column.threshold or 0.0):
        return ["among so many columns that may be chance"]
    return ["no more than ", values.score(column.psi_lower), " of it is sure", SURE]


def _where(bins: Sequence[Bin]) -> Words:
    if not bins:
        return []
    most = most_moved(bins)
    held: Words = [values.share(most.now), " of rides now, ", values.share(most.reference), " in the reference."]
    return [f"It moved most at “{most.label}”: ", *held]


def _consequence(column: ColumnReport) -> Words:
    """Say what the drift of one column alone does to predictions."""
    if column.movement is None:
        return []
    mean: Words = [] if column.effect is None else [" (their mean by ", values.change(column.effect), ")"]
    return ["By itself this moves predictions by ", values.minutes(column.movement), *mean, "."]


def _remarks(column: ColumnReport) -> list[Words]:
    constant: Words = ["One value only, where the reference knows several."] if column.constant else []
    return [_acceptance(column.accepted), constant, [column.note] if column.note else []]


def _acceptance(accepted: Accepted | None) -> Words:
    if accepted is None:
        return []
    beside = "It is as in " if accepted.close else "It has moved from "
    psi: Words = [] if accepted.psi_corrected is None else [" (PSI ", values.score(accepted.psi_corrected), ")"]
    return [beside, values.span(accepted.window), ", which a person accepted as normal", *psi, "."]
