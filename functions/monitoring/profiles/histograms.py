"""Histograms a person can read: few bins, the same for every window."""

from itertools import pairwise

import numpy as np

from contracts.findings import Histogram
from contracts.profile import Column, NumericColumn
from monitoring.numeric.grouping import LEAST_SHARE, Groups, adjacent, merged
from monitoring.profiles.layout import Bins, Counts, known_labels

MOST_BARS = 24
"""As many as the hours of a day."""


def histogram(column: Column, now: Bins, reference: Bins) -> Histogram:
    """Draw now beside the reference: numbers by about twenty bins, the most frequent labels, other, unseen, missing."""
    groups = _groups(column, reference.known)
    tails = [tail for tail in ("unseen", "missing") if getattr(now, tail) or getattr(reference, tail)]
    bars = [
        (*merged(side.known, groups).tolist(), *(getattr(side, tail) for tail in tails)) for side in (now, reference)
    ]
    return Histogram(labels=(*_labels(column, groups), *tails), now=tuple(map(int, bars[0])), reference=bars[1])


def _groups(column: Column, reference: Counts) -> Groups:
    if isinstance(column, NumericColumn):
        return adjacent(reference, LEAST_SHARE * float(reference.sum()))
    return np.minimum(np.arange(len(reference)), MOST_BARS)


def _labels(column: Column, groups: Groups) -> list[str]:
    if isinstance(column, NumericColumn):
        return _ranges(column, groups)
    labels = known_labels(column)
    return [*labels[:MOST_BARS], "other"] if len(labels) > MOST_BARS else list(labels)


def _ranges(column: NumericColumn, groups: Groups) -> list[str]:
    """Name each group by the edges around it; the outer ones are open."""
    cuts = [f"{edge:.4g}" for edge, left, right in zip(column.edges, groups, groups[1:], strict=False) if left != right]
    if not cuts:
        return ["any"]
    between = [f"{low} – {high}" for low, high in pairwise(cuts)]
    return [f"< {cuts[0]}", *between, f"≥ {cuts[-1]}"]
