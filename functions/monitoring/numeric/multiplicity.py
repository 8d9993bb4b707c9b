"""Several tests in one report: p-values adjusted so that the share of false alarms among all alarms stays bounded."""

from collections.abc import Sequence

import numpy as np

from monitoring.numeric.values import Floats


def benjamini_yekutieli(p_values: Sequence[float] | Floats) -> Floats:
    """Adjust p-values of tests that may depend on each other in any way (Benjamini and Yekutieli 2001)."""
    return _stepped_up(p_values, float(np.sum(1 / np.arange(1, len(p_values) + 1))))


def benjamini_hochberg(p_values: Sequence[float] | Floats) -> Floats:
    """Adjust p-values of independent or positively dependent tests (Benjamini and Hochberg 1995)."""
    return _stepped_up(p_values, 1.0)


def _stepped_up(p_values: Sequence[float] | Floats, penalty: float) -> Floats:
    """Give, for each p-value, the least level at which the step-up procedure rejects its hypothesis."""
    found = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(found, kind="stable")[::-1]
    scaled = found[order] * penalty * len(found) / np.arange(len(found), 0, -1)
    adjusted = np.empty_like(found)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return adjusted
