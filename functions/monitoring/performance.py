"""Errors of labelled rows, from the profile of an error column: exact, because it is cut at zero."""

from math import sqrt
from typing import NamedTuple

from contracts.profile import ColumnCounts, NumericColumn, Profile, Role
from contracts.report import Performance, Status
from monitoring.moments import mean


class Errors(NamedTuple):
    """How wrong predictions are; error = prediction − actual."""

    rows: int
    mae: float
    rmse: float
    bias: float


def performance_of(now: Profile, reference: Profile, least: int) -> Performance:
    """Judge the labelled rows of a window beside the reference's."""
    labelled, errors = labelled_rows(now), errors_of(now)
    judged = errors.rows if errors else 0
    status, note = _standing(labelled, judged, least)
    found = _named(errors if status == "ok" else None, "") | _named(errors_of(reference), "_reference")
    coverage = labelled / now.rows if now.rows else 0.0
    return Performance(status=status, note=note, labelled=labelled, judged=judged, coverage=coverage, **found)


def labelled_rows(profile: Profile) -> int:
    """Count the rows whose actual is known."""
    return sum(_present(profile.columns[column.name]) for column in _of_role(profile, "actual"))


def errors_of(profile: Profile) -> Errors | None:
    """Give MAE, RMSE and bias of a profile's error column; None where there is none or it is empty."""
    for column in _of_role(profile, "error"):
        return _errors(column, profile.columns[column.name])
    return None


def _errors(column: NumericColumn, counts: ColumnCounts) -> Errors | None:
    rows, bias = _present(counts), mean(column, counts)
    if bias is None:
        return None
    negative = column.edges.index(0.0) + 1
    absolute = sum(counts.sums[negative:]) - sum(counts.sums[:negative])
    return Errors(rows, absolute / (rows * column.scale), sqrt(sum(counts.squares) / rows), bias)


def _of_role(profile: Profile, role: Role) -> list[NumericColumn]:
    return [column for column in profile.spec.columns if column.role == role and isinstance(column, NumericColumn)]


def _present(counts: ColumnCounts) -> int:
    return sum(counts.counts[:-1])


def _standing(labelled: int, judged: int, least: int) -> tuple[Status, str]:
    if not labelled:
        return "no_actuals", "No actual has arrived yet."
    if judged < least:
        return "too_few", f"{judged} labelled rows of the durations that are judged; {least} are needed."
    if judged < labelled:
        return "ok", f"{labelled - judged} labelled rows are outside of the durations that are judged."
    return "ok", ""


def _named(errors: Errors | None, suffix: str) -> dict[str, float]:
    if errors is None:
        return {}
    return {f"mae{suffix}": errors.mae, f"rmse{suffix}": errors.rmse, f"bias{suffix}": errors.bias}
