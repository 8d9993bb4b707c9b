"""Whether the data are sound: how often rows break the rules that sound rows keep."""

from contracts.findings import Check, Estimate
from contracts.profile import DeclaredCheck
from monitoring.numeric.intervals import share_interval
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.moments import is_constant
from monitoring.profiles.verdicts import OUTCOMES, is_cyclic
from monitoring.window.performance import estimate

LEAST_CHECKED = 20
"""Of fewer rows a share says nothing."""


def checks_of(comparison: Comparison) -> tuple[Check, ...]:
    """Tell of each check how many rows of a slice break it."""
    declared = enumerate(comparison.reference.spec.checks)
    return tuple(_check(comparison, place, check) for place, check in declared if check.kind == "quality")


def counted_checks(comparison: Comparison, kind: str) -> dict[str, int]:
    """Count the rows that carry each flag, or were answered by the fallback."""
    slices = comparison.observed.profile.layout.slice_of(*comparison.place)
    broken = comparison.observed.profile.checks[slices, :, 0].tolist()
    checks = zip(comparison.reference.spec.checks, broken, strict=True)
    return {check.name: count for check, count in checks if check.kind == kind and count}


def constant_columns(comparison: Comparison) -> tuple[str, ...]:
    """Name the columns of one value only, where the reference knows several; a day has one weekday."""
    columns = [
        column for column in comparison.reference.spec.columns if column.role not in OUTCOMES and not is_cyclic(column)
    ]
    return tuple(column.name for column in columns if is_constant(*comparison.sides(column.name)))


def share_of(count: int, rows: int, reference: float | None = None) -> Estimate | None:
    """Estimate a share of rows that are independent of each other."""
    return estimate(share_interval(count, rows), reference)


def _check(comparison: Comparison, place: int, check: DeclaredCheck) -> Check:
    row = comparison.observed.profile.layout.slice_of(*comparison.place)
    broken, rows = comparison.observed.profile.checks[row, place].tolist()
    known_broken, known = comparison.expected.profile.checks[row, place].tolist()
    certainty = comparison.certainty(check.name, rows)
    enough = rows >= LEAST_CHECKED
    return Check(
        name=check.name,
        meaning=check.meaning,
        status="ok" if enough else "too_few",
        broken=broken,
        rows=rows,
        share=estimate(share_interval(broken, rows, *certainty), known_broken / known if known else None)
        if enough
        else None,
    )
