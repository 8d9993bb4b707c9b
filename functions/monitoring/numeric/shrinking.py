"""Small groups borrow strength: empirical Bayes."""

import numpy as np

from monitoring.numeric.values import Floats

STEPS = 60


def shrunk(values: Floats, errors: Floats) -> Floats:
    """Draw measured gaps towards none, the more the less sure they are: y V / (V + s²).

    Normal-normal empirical Bayes (Morris 1983, "Parametric empirical Bayes inference"); V, the variance of the true
    gaps, is where Σ y² / (V + s²) equals the number of groups (Paule and Mandel 1982, with the mean 0 known).
    """
    spread = _variance(values, errors)
    found: Floats = values * spread / (spread + errors**2) if spread else np.zeros(len(values))
    return found


def _variance(values: Floats, errors: Floats) -> float:
    """Halve the interval in which it lies until it is found: the sum falls as V grows."""
    low, high = 0.0, float((values**2).sum())
    if not high or _sum(values, errors, low) <= len(values):
        return 0.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _sum(values, errors, middle) > len(values) else (low, middle)
    return high


def _sum(values: Floats, errors: Floats, spread: float) -> float:
    return float((values**2 / np.maximum(spread + errors**2, 1e-300)).sum())
