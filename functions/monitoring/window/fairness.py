"""Fairness of a regression: each group beside all rows, its own included, measure by measure.

Beside all, not beside the others: else the largest group would seem favoured as soon as a small one is wronged.
"""

from typing import NamedTuple

import numpy as np

from monitoring.numeric.holm import holm
from monitoring.numeric.measured import Measured
from monitoring.numeric.shrinking import shrunk
from monitoring.profiles.slices import Coded
from monitoring.window.gap_measures import Mask, Measure, Measuring, Outcomes, measures

LEVEL = 0.05
LEAST_ROWS = 30
LEAST_LEAN = 0.25
"""Of the MAE of all rows."""


class Gap(NamedTuple):
    """One group beside all rows, in one measure."""

    group: str
    measure: Measure
    rows: int
    value: float
    """A difference, the group less all; of `mae_ratio` the group's MAE as a multiple of that of all."""
    low: float
    high: float
    shrunk: float
    """The same, drawn towards no gap as far as it is unsure."""
    p_value: float
    """Adjusted for all groups (Holm 1979)."""
    flagged: bool
    """Both significant and, even when drawn in, larger than what matters."""


def gaps(groups: Coded, outcomes: Outcomes) -> tuple[Gap, ...]:
    """Compare each group of at least 30 rows with all rows, in four measures."""
    sizes = np.bincount(groups.codes[groups.codes >= 0], minlength=len(groups.labels))
    large = [code for code in np.flatnonzero(sizes >= LEAST_ROWS).tolist() if sizes.sum() - sizes[code] >= LEAST_ROWS]
    sides = [(outcomes.of(groups.codes == code), outcomes.of(_others(groups, code))) for code in large]
    names = [groups.labels[code] for code in large]
    least = LEAST_LEAN * float(np.abs(outcomes.errors).mean()) if len(outcomes.errors) else 0.0
    return tuple(gap for measure in measures(least) for gap in _gaps(measure, names, sides))


def _others(groups: Coded, code: int) -> Mask:
    others: Mask = (groups.codes >= 0) & (groups.codes != code)
    return others


def _gaps(measure: Measuring, names: list[str], sides: list[tuple[Outcomes, Outcomes]]) -> list[Gap]:
    found = [measure.compare(group, others) for group, others in sides]
    drawn = shrunk(np.array([gap.value for gap in found]), np.array([gap.error for gap in found])).tolist()
    adjusted = holm(np.array([gap.p_not_zero for gap in found])).tolist()
    return [
        Gap(
            group=name,
            measure=measure.name,
            rows=len(sides[place][0].errors),
            **_scaled(measure, found[place], drawn[place]),
            p_value=adjusted[place],
            flagged=adjusted[place] <= LEVEL and abs(drawn[place]) > measure.least,
        )
        for place, name in enumerate(names)
    ]


def _scaled(measure: Measuring, gap: Measured, drawn: float) -> dict[str, float]:
    numbers = {"value": gap.value, "low": gap.low, "high": gap.high, "shrunk": drawn}
    return {name: measure.scale(number) for name, number in numbers.items()}
