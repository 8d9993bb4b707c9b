"""Whether a column can be judged against the reference, and why not."""

from typing import NamedTuple, get_args

from contracts.findings import Status
from contracts.profile import CategoricalColumn, Column, Role
from monitoring.numeric.grouping import Groups
from monitoring.profiles.layout import Bins

COMPARED: frozenset[Role] = frozenset({"feature", "prediction", "actual"})
"""What drifts."""
OF_INPUTS: frozenset[Role] = COMPARED | {"attribution", "relative"}
"""What the reference knows of its inputs; all else it knows of the rows on which the model was judged."""
TOLD: frozenset[Role] = frozenset({"feature", "prediction", "estimated_error", "attribution", "relative"})
"""What is known of a row before its label."""
OUTCOMES: frozenset[Role] = frozenset(get_args(Role)) - COMPARED
"""What is judged as performance, not as drift."""


class Verdict(NamedTuple):
    """A status and what a person should know of it."""

    status: Status
    note: str = ""


def is_cyclic(column: Column) -> bool:
    """Tell whether a column repeats every day or week, so that only whole weeks can be compared."""
    return isinstance(column, CategoricalColumn) and column.cycle != "none"


def verdict_of(column: Column, sides: tuple[Bins, Bins], groups: Groups, least: int, *, weeks: bool) -> Verdict:
    """Give the first reason not to judge a column, or say that it can be; `weeks`: its rows are of whole weeks."""
    now, reference = sides
    reasons = (
        (is_cyclic(column) and not weeks, Verdict("not_judged", "Judged on whole weeks only.")),
        (not now.present and not now.missing, Verdict("too_few", "No rows.")),
        (not now.present and column.role in {"actual", *OUTCOMES}, Verdict("no_actuals", "No actual has arrived yet.")),
        (not now.present, Verdict("failed", f"None of {now.missing} values can be used.")),
        (column.role in OUTCOMES, Verdict("not_judged", "Errors are judged as performance.")),
        (not reference.present, Verdict("failed", "The reference holds no usable value of it.")),
        (now.present < least, Verdict("too_few", f"{now.present:.0f} values; {least} are needed.")),
        (not groups.size or groups.max() == 0, Verdict("not_judged", "Too little variety in the reference.")),
    )
    return next((verdict for holds, verdict in reasons if holds), Verdict("ok", _remark(column, now)))


def _remark(column: Column, now: Bins) -> str:
    week = "Of whole weeks. " if is_cyclic(column) else ""
    unseen = f"{now.unseen:.0f} values were never seen in the reference; they are not in the scores."
    return (week + (unseen if now.unseen else "")).strip()
