"""The area under the ROC curve of weighted scores, with its variance."""

from typing import NamedTuple

import numpy as np

from monitoring.values import Floats


class Area(NamedTuple):
    """The probability that a row of one side scores above one of the other, and its variance, by side."""

    value: float
    now_variance: float
    reference_variance: float


def area_under_curve(now: Floats, reference: Floats, now_weights: Floats, reference_weights: Floats) -> Area:
    """Compute the area and the variance of its placement values (DeLong, DeLong and Clarke-Pearson 1988), weighted.

    A row's placement value is the weighted share of the other side that it scores above, ties half.
    """
    above = _placements(now, reference, reference_weights)
    below = 1 - _placements(reference, now, now_weights)
    value = float(np.average(above, weights=now_weights))
    return Area(value, _variance(above, now_weights, value), _variance(below, reference_weights, value))


def _placements(scores: Floats, others: Floats, weights: Floats) -> Floats:
    order = np.argsort(others, kind="stable")
    below = np.concatenate([[0.0], np.cumsum(weights[order])])
    left, right = (np.searchsorted(others[order], scores, side=side) for side in ("left", "right"))
    placed: Floats = (below[left] + below[right]) / (2 * below[-1])
    return placed


def _variance(placements: Floats, weights: Floats, mean: float) -> float:
    """Give the variance of a weighted mean of independent values: Σ w² (x − mean)² / (Σ w)² × n / (n − 1)."""
    rows = len(placements)
    spread = float(np.sum((weights * (placements - mean)) ** 2)) / float(weights.sum()) ** 2
    return spread * rows / max(rows - 1, 1)
