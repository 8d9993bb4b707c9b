"""Many hypotheses at once."""

import numpy as np

from monitoring.numeric.values import Floats


def holm(p_values: Floats, weights: Floats | None = None) -> Floats:
    """Adjust p-values so that the chance of any false rejection is bounded, whatever their dependence (Holm 1979).

    Weights say beforehand, from other data, which hypotheses deserve more of the level; none means all alike.
    """
    given = np.ones(len(p_values)) if weights is None else weights
    order = np.argsort(p_values / given, kind="stable")
    left = np.cumsum(given[order][::-1])[::-1]
    adjusted = np.empty(len(order))
    adjusted[order] = np.minimum(1, np.maximum.accumulate(p_values[order] / given[order] * left))
    return adjusted
