"""What could be known before any label, how good it was, and why errors changed, from the profile alone."""

from collections.abc import Mapping
from math import sqrt

from contracts.findings import BeforeLabels, Estimate
from contracts.profile import Column, Role
from monitoring.numeric.intervals import share_interval, size_interval
from monitoring.numeric.measured import Measured
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.moments import mean, present
from monitoring.profiles.profile import ColumnCounts
from monitoring.window.mae_change import Account, change_of, hindsight
from monitoring.window.performance import estimate, sums_of

ACCOUNTED: tuple[Role, ...] = ("absolute_error", "foreseen", "unforeseen", "error")
Found = Mapping[Role, tuple[ColumnCounts, ColumnCounts] | None]
NOMINAL = 0.8
"""Of five rides four are to take what their interval says."""


def before_labels_of(comparison: Comparison, nominal: float = NOMINAL) -> BeforeLabels:
    """Estimate a window's MAE without its labels, and account for its change once they are there."""
    measures = {column.role: column for column in comparison.reference.spec.columns}
    estimated = _sides(comparison, measures, "estimated_error")
    if estimated is None or present(estimated[0]) < comparison.least:
        return BeforeLabels(status="too_few", note=f"{comparison.least} predictions with an estimate are needed.")
    certainty = comparison.certainty(measures["estimated_error"].name, present(estimated[0]))
    interval = size_interval(sums_of(estimated[0]), sums_of(estimated[1]), *certainty)
    return BeforeLabels(
        status="ok",
        estimated=estimate(interval, mean(estimated[1])),
        coverage=_coverage(comparison, measures, nominal),
        **_accounted(comparison, measures),
    )


def _coverage(comparison: Comparison, measures: Mapping[Role, Column], nominal: float) -> Estimate | None:
    sides = _sides(comparison, measures, "covered")
    if sides is None or present(sides[0]) < comparison.least:
        return None
    sums = sums_of(sides[0])
    certainty = comparison.certainty(measures["covered"].name, sums.rows)
    return estimate(share_interval(sums.total, sums.rows, *certainty), nominal)


def _accounted(comparison: Comparison, measures: Mapping[Role, Column]) -> dict[str, object]:
    """Split the change of MAE, if enough rows have both an estimate and an error, now and in the reference."""
    found = {role: _sides(comparison, measures, role) for role in ACCOUNTED}
    unforeseen = found["unforeseen"]
    if unforeseen is None or min(map(present, unforeseen)) < comparison.least:
        return {}
    now, then = (_account(comparison, measures, found, side) for side in (0, 1))
    if not now.mae.value:
        return {}
    change, judged = change_of(now, then), hindsight(now, then)
    return {
        "foreseen": _estimate(now.foreseen, then.foreseen.value),
        "change": _estimate(change.total),
        "covariate": _estimate(change.covariate),
        "concept": _estimate(change.concept),
        "cause": change.cause,
        "side": change.side,
        "miss": judged.miss,
        "constant_miss": judged.constant_miss,
    }


def _account(comparison: Comparison, measures: Mapping[Role, Column], found: Found, side: int) -> Account:
    parts = {
        role: _measured(comparison, measures[role].name, sides[side], side) for role, sides in found.items() if sides
    }
    rows = round(present(found["unforeseen"][side])) if found["unforeseen"] else 0
    return Account(rows, parts["absolute_error"], parts["foreseen"], parts["unforeseen"], parts["error"])


def _measured(comparison: Comparison, name: str, counts: ColumnCounts, side: int) -> Measured:
    """Give a mean and its standard error; of the reference, that of as many rows as the reweighted ones are worth."""
    sums = sums_of(counts)
    rows = float(sums.rows) if side == 0 else comparison.known_judged
    deff = comparison.certainty(name, rows).deff
    return Measured(sums.mean, sqrt(sums.variance * deff / max(rows, 1.0)))


def _sides(
    comparison: Comparison, measures: Mapping[Role, Column], role: Role
) -> tuple[ColumnCounts, ColumnCounts] | None:
    if role not in measures:
        return None
    now, reference = comparison.sides(measures[role].name)
    return (now, reference) if present(now) and present(reference) else None


def _estimate(found: Measured, reference: float | None = None) -> Estimate:
    return Estimate(value=found.value, low=found.low, high=found.high, reference=reference)
