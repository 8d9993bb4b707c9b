"""What a feature's drift does to the predictions, in their unit, were the other features to follow it as before."""

from typing import NamedTuple

import numpy as np

from monitoring.numeric.drift import Counts, shares, wasserstein
from monitoring.numeric.values import Floats


class Effect(NamedTuple):
    """How predictions move when a feature's rows move between bins, each bin at its reference mean."""

    shift: float
    """Of the mean prediction; movements up and down cancel."""
    movement: float
    """The mean distance that predictions move, at the least; nothing cancels. Never below the shift's size."""


def effect_of(now: Counts, reference: Counts, means: Floats) -> Effect | None:
    """Compute both from the counts of a feature's bins and the reference's mean prediction in each; None of nothing.

    The shift is Σ (p − q) μ (the "explained" part of Oaxaca 1973 and Blinder 1973), the movement the first Wasserstein
    distance between the means μ weighted by p and by q. A bin without a mean counts as the mean of all.
    """
    if not now.sum() or not reference.sum():
        return None
    q = shares(reference)
    known = np.isfinite(means) & (q > 0)
    overall = float(np.sum(q[known] * means[known]) / q[known].sum()) if known.any() else 0.0
    places = np.where(known, means, overall)
    shift = float(np.sum((shares(now) - q) * places))
    return Effect(shift, wasserstein(places, now, places, reference))
