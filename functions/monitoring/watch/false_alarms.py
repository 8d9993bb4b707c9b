"""The false-alarm budget: how much evidence a page or a ticket needs, so that false ones stay within one number."""

import numpy as np
from numpy.typing import NDArray

from monitoring.numeric.values import Floats

Mask = NDArray[np.bool_]


def page_threshold(pages_a_quarter: float, streams: int, blocks_a_quarter: float) -> float:
    """Give the evidence at which each of some e-detectors opens a page.

    Each errs at most once in as many blocks as its threshold, so all of them at most `pages_a_quarter` times a quarter.
    """
    return streams * blocks_a_quarter / pages_a_quarter


def ticket_level(tickets_a_month: float, reports_a_month: float) -> float:
    """Give the level of one report's tickets: where nothing is wrong, this is the chance that it names anything."""
    return min(1.0, tickets_a_month / reports_a_month)


def e_bh(e_values: Floats, level: float) -> Mask:
    """Tell which hypotheses fall, so that of those that fall at most a share `level` is true, on average.

    Wang and Ramdas (2022): the k with the largest e-values, for the greatest k whose smallest is at least n over
    k level; it holds however the e-values depend on one another.
    """
    ordered = np.sort(e_values)[::-1]
    ranks = np.arange(1, len(ordered) + 1)
    enough = ordered * ranks * level >= len(ordered)
    if not enough.any():
        return np.zeros(len(ordered), dtype=bool)
    fallen: Mask = e_values >= ordered[np.flatnonzero(enough)[-1]]
    return fallen


def e_value_of_z(z: Floats, aimed: float) -> Floats:
    """Turn an estimate's distance above its bound, in standard errors, into an e-value: exp(λ z − λ² / 2).

    λ = `aimed` is where it is most powerful; of n hypotheses at level 1 / m one alone falls at √(2 ln (n m)).
    """
    found: Floats = np.exp(aimed * z - aimed**2 / 2)
    return found
