"""Bins merged until there is enough in each to score."""

import numpy as np
from numpy.typing import NDArray

from contracts.profile import Column, NumericColumn
from monitoring.numeric.drift import Counts
from monitoring.numeric.values import Floats

LEAST_REFERENCE = 50
"""Below so many reference rows in a bin the logarithm of its share is noise."""
LEAST_EXPECTED = 5
"""Below so many expected rows the chi-square approximation behind the correction fails (Cochran 1954)."""
LEAST_SHARE = 0.05
"""Numbers are scored in about twenty bins: PSI's customary bounds were found with ten to twenty (Siddiqi 2006)."""

Groups = NDArray[np.intp]
"""For each bin the number of its group, from 0."""


def scoring_groups(
    column: Column,
    now: Counts,
    reference: Counts,
    now_rows: float | None = None,
    reference_rows: float | None = None,
) -> Groups:
    """Merge bins that are too small: neighbours where there is an order, else all of them into one.

    `now_rows` and `reference_rows` are effective numbers of independent rows; without them, the rows counted.
    """
    total = float(reference.sum())
    known = total if reference_rows is None else reference_rows
    expected = float(now.sum()) if now_rows is None else now_rows
    share = max(LEAST_REFERENCE / max(known, 1.0), LEAST_EXPECTED / max(expected, 1.0))
    if isinstance(column, NumericColumn):
        return adjacent(reference, max(share, LEAST_SHARE) * total)
    return adjacent(reference, share * total) if column.ordered else pooled(reference, share * total)


def adjacent(reference: Counts, least: float) -> Groups:
    """Merge neighbours from the left until each group holds `least`; what is left over joins the last group."""
    groups = np.zeros(len(reference), dtype=np.intp)
    group, held = 0, 0.0
    for index, count in enumerate(reference.tolist()):
        groups[index] = group
        held += count
        if held >= least:
            group, held = group + 1, 0.0
    return np.minimum(groups, max(group - 1, 0))


def pooled(reference: Counts, least: float) -> Groups:
    """Merge all bins below `least` into one; while that one is too small, the smallest of the others joins it."""
    order = np.argsort(reference, kind="stable")
    small = int(np.sum(reference < least))
    while 0 < small < len(order) and reference[order[:small]].sum() < least:
        small += 1
    groups = np.empty(len(reference), dtype=np.intp)
    groups[order[:small]] = 0
    groups[np.sort(order[small:])] = np.arange(len(order) - small) + (small > 0)
    return groups


def merged(counts: Counts, groups: Groups) -> Counts:
    """Add up the counts of each group; whole numbers stay whole."""
    sums: Floats = np.bincount(groups, counts, minlength=int(groups.max(initial=-1)) + 1).astype(np.float64)
    return sums.astype(np.int64) if counts.dtype.kind == "i" else sums
