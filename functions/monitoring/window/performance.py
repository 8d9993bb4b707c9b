"""Errors of labelled rows, from the profile alone: exact means, each with its interval, beside the reference's."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np

from contracts.findings import Estimate, Performance, Status
from contracts.profile import Column, Role
from monitoring.numeric.intervals import (
    LEAST_JUDGED,
    Interval,
    Sums,
    mean_interval,
    quantile_interval,
    root_mean_square_interval,
    size_interval,
    skill_interval,
)
from monitoring.profiles.comparison import Certainty, Comparison
from monitoring.profiles.moments import mean, present
from monitoring.profiles.profile import SCALE, ColumnCounts
from monitoring.profiles.reference import SKILL
from monitoring.profiles.verdicts import OUTCOMES

MATTERS = 1.2
"""Errors that are at most a fifth greater than the reference's are the seasons', no reason to act."""
NINE_IN_TEN = 0.9

Numbers = dict[str, Any]


def performance_of(comparison: Comparison) -> Performance:
    """Judge the labelled rows of a slice beside the reference's."""
    measures = {column.role: column for column in comparison.reference.spec.columns if column.role in OUTCOMES}
    labelled, judged = labelled_rows(comparison), _judged(comparison, measures)
    status, note = _standing(labelled, judged, comparison.least)
    found = _estimates(comparison, measures) if status == "ok" else {}
    if judged < LEAST_JUDGED:
        found = {name: _bare(number) for name, number in found.items()}
    mae = found.get("mae")
    return Performance(
        status=status,
        note=note,
        labelled=labelled,
        coverage=labelled / comparison.rows if comparison.rows else 0.0,
        judged=judged,
        label_delay=_delay(comparison, measures),
        worse=mae.low > MATTERS * mae.reference if mae and mae.reference and mae.low is not None else None,
        **found,
    )


def _bare(number: Estimate | None) -> Estimate | None:
    """Give a number without its interval, which would not hold what it claims."""
    return number and number.model_copy(update={"low": None, "high": None})


def labelled_rows(comparison: Comparison) -> int:
    """Count the rows of the slice whose actual is known."""
    actuals = [column for column in comparison.reference.spec.columns if column.role == "actual"]
    return int(sum(present(comparison.sides(column.name).now) for column in actuals))


def _judged(comparison: Comparison, measures: Mapping[Role, Column]) -> int:
    return int(present(comparison.sides(measures["error"].name).now)) if "error" in measures else 0


def _standing(labelled: int, judged: int, least: int) -> tuple[Status, str]:
    if not labelled:
        return "no_actuals", "No actual has arrived yet."
    if judged < least:
        return "too_few", f"{judged} labelled rows of the durations that are judged; {least} are needed."
    if judged < labelled:
        return "ok", f"{labelled - judged} labelled rows are outside of the durations that are judged."
    return "ok", ""


def _estimates(comparison: Comparison, measures: Mapping[Role, Column]) -> Numbers:
    told = _Told(comparison, measures)
    return {
        "mae": told.by(size_interval, "absolute_error", mean),
        "rmse": told.by(root_mean_square_interval, "squared_error", _root_mean),
        "bias": told.by(_mean_interval, "error", mean),
        "mape": told.by(size_interval, "relative_error", mean),
        "p90": told.quantile(NINE_IN_TEN, "absolute_error"),
        "naive_mae": told.by(size_interval, "naive_error", mean),
        "skill": told.skill(),
    }


def _mean_interval(now: Sums, _usual: Sums, deff: float, freedom: float) -> Interval | None:
    return mean_interval(now, deff, freedom)


class _Told:
    """The estimates of one slice; None where a measure is not counted or has no rows."""

    def __init__(self, comparison: Comparison, measures: Mapping[Role, Column]) -> None:
        self._comparison, self._measures = comparison, measures

    def by(self, interval: Any, role: Role, reference: Any) -> Estimate | None:
        """Estimate a measure's mean by one of the intervals."""
        sides = self._sides(role)
        if sides is None:
            return None
        now, known = map(sums_of, sides)
        return estimate(interval(now, known, *self._certainty(role)), reference(sides[1]))

    def quantile(self, probability: float, role: Role) -> Estimate | None:
        """Estimate a measure's quantile."""
        sides, column = self._sides(role), self._measures.get(role)
        edges = np.array(getattr(column, "edges", ()))
        if sides is None or not len(edges):
            return None
        now, known = (side.counts[:-1].astype(np.float64) for side in sides)
        reference = quantile_interval(probability, edges, known)
        return estimate(
            quantile_interval(probability, edges, now, *self._certainty(role)), reference.value if reference else None
        )

    def skill(self) -> Estimate | None:
        """Estimate how much better the answers are than the naive ones; None where some rows have no naive one."""
        naive, gain = self._sides("naive_error"), self._sides("gain")
        if naive is None or gain is None or not present(naive[0]):
            return None
        errors = self._sides("absolute_error")
        if errors is None or present(errors[0]) != present(naive[0]):
            return None
        sums = sums_of(errors[0]), sums_of(naive[0]), sums_of(gain[0])
        known = mean(naive[1])
        reference = (mean(gain[1]) or 0.0) / known if known else None
        return estimate(skill_interval(*sums, *self._comparison.certainty(SKILL, sums[0].rows)), reference)

    def _sides(self, role: Role) -> tuple[ColumnCounts, ColumnCounts] | None:
        if role not in self._measures:
            return None
        now, reference = self._comparison.sides(self._measures[role].name)
        return (now, reference) if present(now) else None

    def _certainty(self, role: Role) -> Certainty:
        name = self._measures[role].name
        return self._comparison.certainty(name, present(self._comparison.sides(name).now))


def estimate(interval: Interval | None, reference: float | None = None) -> Estimate | None:
    """Lay an interval out as it is told; an end that is infinite is not known."""
    if interval is None:
        return None
    low, high = (end if np.isfinite(end) else None for end in (interval.lower, interval.upper))
    return Estimate(value=interval.value, low=low, high=high, reference=reference)


def sums_of(counts: ColumnCounts) -> Sums:
    """Give the sums of a measure over all its bins; of a reweighted reference, rounded to whole rows."""
    return Sums(round(present(counts)), float(counts.sums.sum()) / SCALE, float(counts.squares.sum()))


def _root_mean(counts: ColumnCounts) -> float | None:
    found = mean(counts)
    return None if found is None else sqrt(found)


def _delay(comparison: Comparison, measures: Mapping[Role, Column]) -> float | None:
    return mean(comparison.sides(measures["delay"].name).now) if "delay" in measures else None
