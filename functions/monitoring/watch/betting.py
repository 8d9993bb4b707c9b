"""E-values of a mean by betting: what a stake of 1 has become if the bet was fair or worse under the hypothesis.

An e-value is at least 0 and, while the hypothesis holds, at most 1 on average; large ones are evidence against it.
"""

import numpy as np

from monitoring.numeric.values import Floats

SHARES = (0.1, 0.25, 0.5, 0.9)
"""Of the stake; a small share suits a small rise, a large one a large rise. All four are bet, a quarter on each."""


def against_at_most(bound: float, mean: float | Floats, shares: tuple[float, ...] = SHARES) -> Floats:
    """Bet that a mean of values ≥ 0 exceeds a bound: 1 + c (mean / bound − 1) for each share c.

    If its expectation given the past is at most the bound, the bet's is at most 1, however the values depend on one
    another and whatever their distribution (Waudby-Smith and Ramdas 2024, section 4, with the lower end 0).
    """
    return 1 + np.array(shares) * (mean / bound - 1)


def against_at_least(bound: float, most: float, mean: float | Floats, shares: tuple[float, ...] = SHARES) -> Floats:
    """Bet that a mean of values ≤ `most` is below a bound: the same bet, on the distance to `most`."""
    return against_at_most(most - bound, most - mean, shares)
