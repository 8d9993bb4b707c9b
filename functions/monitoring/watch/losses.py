"""How wrong answers are, to either side: errors as losses, and how much of them is tolerated."""

from typing import NamedTuple

import numpy as np

from contracts.error_watch import Side
from monitoring.numeric.values import Floats

TOLERANCE = 0.5
"""In reference MAE: rows may be wrong by half as much again before it matters.

Errors of a season differ by up to a fifth and those of an ordinary day by a tenth (one standard deviation): two such
days in the worst season still lie within it.
"""
GREATEST = 10.0
"""In reference MAE: no single row counts for more."""


class Tolerated(NamedTuple):
    """The mean loss that is tolerated on each side, and the most that one row counts for."""

    bounds: dict[Side, float]
    greatest: float


def tolerated(mae: float, bias: float, tolerance: float = TOLERANCE) -> Tolerated:
    """Tolerate the reference's mean loss on each side, and `tolerance` × its MAE above it."""
    return Tolerated({side: mean + tolerance * mae for side, mean in usual(mae, bias).items()}, GREATEST * mae)


def stricter(one: Tolerated, other: Tolerated) -> Tolerated:
    """Tolerate on each side no more than either does."""
    bounds = {side: min(bound, other.bounds[side]) for side, bound in one.bounds.items()}
    return Tolerated(bounds, min(one.greatest, other.greatest))


def usual(mae: float, bias: float) -> dict[Side, float]:
    """Part a MAE into the mean losses by side: error = prediction − actual, so (MAE ± bias) / 2 too long or short."""
    return {"either": mae, "long": (mae + bias) / 2, "short": (mae - bias) / 2}


def by_side(errors: Floats) -> dict[Side, Floats]:
    """Give each row's loss by side: |error|, its positive part, its negative part."""
    return {"either": np.abs(errors), "long": np.maximum(errors, 0), "short": np.maximum(-errors, 0)}


def mean_loss(errors: Floats, side: Side, greatest: float) -> float:
    """Give the mean of |error|, of its positive or of its negative part; each row's at most `greatest`."""
    return float(np.minimum(by_side(errors)[side], greatest).mean())
