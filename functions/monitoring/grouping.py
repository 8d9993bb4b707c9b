"""Bins merged until there is enough in each to score."""

import numpy as np
from numpy.typing import NDArray

from contracts.profile import Column, NumericColumn
from monitoring.layout import Integers

LEAST_REFERENCE = 50
"""Below so many reference rows in a bin the logarithm of its share is noise."""
LEAST_EXPECTED = 5
"""Below so many expected rows the chi-square approximation behind the correction fails (Cochran 1954)."""
LEAST_SHARE = 0.05
"""Numbers are scored in about twenty bins: PSI's customary bounds were found with ten to twenty (Siddiqi 2006)."""

Groups = NDArray[np.intp]
"""For each bin the number of its group, from 0."""


def scoring_groups(column: Column, now: Integers, reference: Integers) -> Groups:
    """Merge bins that are too small: neighbours where there is an order, else all of them into one."""
    total = int(reference.sum())
    least = max(LEAST_REFERENCE, LEAST_EXPECTED * total / max(int(now.sum()), 1))
    if isinstance(column, NumericColumn):
        return adjacent(reference, max(least, LEAST_SHARE * total))
    return adjacent(reference, least) if column.ordered else pooled(reference, least)


def adjacent(reference: Integers, least: float) -> Groups:
    """Merge neighbours from the left until each group holds `least`; what is left over joins the last group."""
    groups = np.zeros(len(reference), dtype=np.intp)
    group, held = 0, 0
    for index, count in enumerate(reference.tolist()):
        groups[index] = group
        held += count
        if held >= least:
            group, held = group + 1, 0
    return np.minimum(groups, max(group - 1, 0))


def pooled(reference: Integers, least: float) -> Groups:
    """Merge all bins below `least` into one; while that one is too small, the smallest of the others joins it."""
    order = np.argsort(reference, kind="stable")
    small = int(np.sum(reference < least))
    while 0 < small < len(order) and reference[order[:small]].sum() < least:
        small += 1
    groups = np.empty(len(reference), dtype=np.intp)
    groups[order[:small]] = 0
    groups[np.sort(order[small:])] = np.arange(len(order) - small) + (small > 0)
    return groups


def merged(counts: Integers, groups: Groups) -> Integers:
    """Add up the counts of each group."""
    sums: Integers = np.bincount(groups, counts, minlength=int(groups.max(initial=-1)) + 1).astype(np.int64)
    return sums
