"""What groups are compared in: answers that lean, that are wrong, that miss their interval, that a fallback gave."""

from collections.abc import Callable
from math import exp, hypot, log, sqrt
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitoring.numeric.measured import Codes, Measured, design_effect, difference, mean_of
from monitoring.numeric.values import Floats

Measure = Literal["lean", "mae_ratio", "coverage", "fallback"]
Mask = NDArray[np.bool_]

LEAST_RATIO = 1.25
"""The four-fifths rule: 0.8 to 1.25 is alike (Uniform Guidelines on Employee Selection Procedures, 1978)."""
LEAST_SHARE = 0.05


class Outcomes(NamedTuple):
    """What came of labelled rows."""

    errors: Floats
    """prediction − actual."""
    covered: Mask
    """Whether the actual was within the interval that was given with the prediction."""
    fallback: Mask
    """Whether the fallback answered."""
    days: Codes
    likeness: float
    """Of the rows of one day: see monitoring.numeric.measured."""

    def of(self, rows: Mask) -> "Outcomes":
        """Give some rows."""
        return Outcomes(self.errors[rows], self.covered[rows], self.fallback[rows], self.days[rows], self.likeness)


class Measuring(NamedTuple):
    """How a group is compared with all rows, told the others as well, and from where on the difference matters."""

    name: Measure
    compare: Callable[[Outcomes, Outcomes], Measured]
    least: float
    scale: Callable[[float], float] = float
    """From what is compared to what is told."""


def measures(least_lean: float) -> tuple[Measuring, ...]:
    """Give the four measures; `least_lean` is in the unit of errors, the others are ratios and shares."""
    return (
        Measuring("lean", _lean, least_lean),
        Measuring("mae_ratio", _log_ratio, log(LEAST_RATIO), exp),
        Measuring("coverage", _coverage, LEAST_SHARE),
        Measuring("fallback", _fallback, LEAST_SHARE),
    )


def _lean(group: Outcomes, others: Outcomes) -> Measured:
    return _beside_all(group, others, *(mean_of(side.errors, side.days, side.likeness) for side in (group, others)))


def _log_ratio(group: Outcomes, others: Outcomes) -> Measured:
    """Take the logarithm of the group's MAE over that of all rows; its error by the delta method."""
    one, other = (mean_of(np.abs(side.errors), side.days, side.likeness) for side in (group, others))
    rest = _weight(group, others) * other.value
    everyone = (1 - _weight(group, others)) * one.value + rest
    if one.value <= 0 or other.value <= 0:
        return Measured(0.0, 1.0)
    relative = hypot(one.error / one.value, other.error / other.value)
    return Measured(log(one.value / everyone), relative * rest / everyone)


def _coverage(group: Outcomes, others: Outcomes) -> Measured:
    return _beside_all(group, others, *(_share(side.covered, side) for side in (group, others)))


def _fallback(group: Outcomes, others: Outcomes) -> Measured:
    return _beside_all(group, others, *(_share(side.fallback, side) for side in (group, others)))


def _beside_all(group: Outcomes, others: Outcomes, one: Measured, other: Measured) -> Measured:
    """Take one less the mean of all rows, which is the difference from the others by their weight."""
    gap, weight = difference(one, other), _weight(group, others)
    return Measured(gap.value * weight, gap.error * weight)


def _weight(group: Outcomes, others: Outcomes) -> float:
    return len(others.errors) / (len(group.errors) + len(others.errors))


def _share(found: Mask, side: Outcomes) -> Measured:
    """Measure a share after adding one row of either kind (Agresti and Caffo 2000), so that none and all are unsure."""
    rows = len(found) / design_effect(side.days, side.likeness)
    share = (rows * float(found.mean()) + 1) / (rows + 2)
    return Measured(share, sqrt(share * (1 - share) / (rows + 2)))
