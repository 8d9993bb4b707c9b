"""Whether a column can be judged against the reference, and why not."""

from typing import NamedTuple

from contracts.profile import CategoricalColumn, Column, ColumnCounts
from contracts.report import Status
from monitoring.grouping import scoring_groups
from monitoring.layout import Bins, bins_of


class Verdict(NamedTuple):
    """A status and what a person should know of it."""

    status: Status
    note: str = ""


def is_cyclic(column: Column) -> bool:
    """Tell whether a column repeats every day or week, so that only whole weeks can be compared."""
    return isinstance(column, CategoricalColumn) and column.cycle != "none"


def verdict_of(column: Column, counts: ColumnCounts, known: ColumnCounts, least: int, *, weeks: bool) -> Verdict:
    """Give the first reason not to judge a column, or say that it can be; `weeks`: its rows are of whole weeks."""
    now, reference = bins_of(column, counts), bins_of(column, known)
    reasons = (
        (not now.present and not now.missing, Verdict("too_few", "No rows.")),
        (not now.present and column.role in ("actual", "error"), Verdict("no_actuals", "No actual has arrived yet.")),
        (not now.present, _no_value(now, counts.invalid)),
        (column.role == "error", Verdict("not_judged", "Errors are judged as performance.")),
        (not reference.present, Verdict("failed", "The reference holds no usable value of it.")),
        (is_cyclic(column) and not weeks, Verdict("not_judged", "Judged on whole weeks only.")),
        (now.present < least, Verdict("too_few", f"{now.present} values; {least} are needed.")),
        (_is_uniform(column, now, reference), Verdict("not_judged", "Too little variety in the reference.")),
    )
    return next((verdict for holds, verdict in reasons if holds), Verdict("ok", _remarks(column, now, counts)))


def _no_value(now: Bins, invalid: int) -> Verdict:
    kind = f"{invalid} of another type" if invalid else "all missing"
    return Verdict("failed", f"None of {now.missing} values can be used: {kind}.")


def _is_uniform(column: Column, now: Bins, reference: Bins) -> bool:
    return int(scoring_groups(column, now.known, reference.known).max()) == 0


def _remarks(column: Column, now: Bins, counts: ColumnCounts) -> str:
    remarks = (
        (is_cyclic(column), "Of the whole weeks with which the window begins."),
        (counts.invalid, f"{counts.invalid} values are of another type."),
        (now.unseen, f"{now.unseen} values were never seen in the reference; they are not in the scores."),
    )
    return " ".join(text for holds, text in remarks if holds)
