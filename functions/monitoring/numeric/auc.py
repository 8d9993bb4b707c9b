"""The area under the ROC curve of weighted scores, with its variance."""

from typing import NamedTuple

import numpy as np

from monitoring.numeric.values import Floats


class Area(NamedTuple):
    """The probability that a row of one side scores above one of the other, ties half, and each row's part in it.

    A row's placement value is the weighted share of the other side that it is placed right against.
    """

    value: float
    now: Floats
    reference: Floats


def area_under_curve(now: Floats, reference: Floats, now_weights: Floats, reference_weights: Floats) -> Area:
    """Compute the area and the placement values of its rows (DeLong, DeLong and Clarke-Pearson 1988), weighted."""
    above = _placements(now, reference, reference_weights)
    below = 1 - _placements(reference, now, now_weights)
    return Area(float(np.average(above, weights=now_weights)), above, below)


def placement_variance(placements: Floats, weights: Floats) -> float:
    """Give what one side adds to the area's variance: Σ w² (x − mean)² / (Σ w)² × n / (n − 1)."""
    rows, mean = len(placements), np.average(placements, weights=weights)
    spread = float(np.sum((weights * (placements - mean)) ** 2)) / float(weights.sum()) ** 2
    return spread * rows / max(rows - 1, 1)


def _placements(scores: Floats, others: Floats, weights: Floats) -> Floats:
    order = np.argsort(others, kind="stable")
    below = np.concatenate([[0.0], np.cumsum(weights[order])])
    left, right = (np.searchsorted(others[order], scores, side=side) for side in ("left", "right"))
    placed: Floats = (below[left] + below[right]) / (2 * below[-1])
    return placed
