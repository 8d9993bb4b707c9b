"""Segments: which named slices a row belongs to, by the rules that the spec declares."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.profile import Rule, SegmentFamily
from monitoring.numeric.values import Floats, Indices, Labels

Mask = NDArray[np.bool_]
LabelsOf = Callable[[str], Labels]
NumbersOf = Callable[[str], Floats]


def members(family: SegmentFamily, rows: int, labels: LabelsOf, numbers: NumbersOf) -> Indices:
    """Give for each row the number of its segment in the family, from 0; -1 for a row of none."""
    found = np.full(rows, -1, dtype=np.intp)
    for place, segment in reversed(list(enumerate(family.segments))):
        for rule in segment.any_of:
            found[_keeps(rule, labels, numbers)] = place
    return found


def _keeps(rule: Rule, labels: LabelsOf, numbers: NumbersOf) -> Mask:
    if rule.values:
        return _one_of(rule.values, labels(rule.column))
    low, high = -np.inf if rule.low is None else rule.low, np.inf if rule.high is None else rule.high
    values = numbers(rule.column)
    return (values >= low) & (values < high)


def _one_of(wanted: Sequence[str], labels: Labels) -> Mask:
    known: Mask = np.array([name in wanted for name in labels.names], dtype=bool)
    return known[labels.codes]
