"""The e-detector: evidence that a change has happened at some time, with a bound on how often it errs.

Shiryaev-Roberts form of Shin, Ramdas and Rinaldo, "E-detectors" (2024), with a mixture over bets: before every e-value
a new stake of 1 is laid, so that after n of them the sum, less n, is at most 0 on average while nothing has changed.
"""

from monitoring.numeric.values import Floats


def advanced(wealth: Floats, e_values: Floats) -> Floats:
    """Lay a new stake of 1 on each bet, and let what is there grow or shrink."""
    return (wealth + 1) * e_values


def evidence(wealth: Floats) -> float:
    """Weigh the bets alike.

    Started anew whenever it reaches A, it does so at most n / A times in n e-values, on average, while nothing has
    changed: so its average run length is at least A.
    """
    return float(wealth.mean())
