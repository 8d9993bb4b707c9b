"""Weak segments, found among all slices: where answers are worse than is to be expected there.

Slices are chosen on one half of the rows and tested on the other, so that what made them stand out cannot speak twice.
Worse is meant beyond what the whole window became worse by: that is a matter of the model, not of a segment.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np

from contracts.error_watch import Side
from monitoring.holm import holm
from monitoring.measured import Codes, Measured
from monitoring.slices import Coded
from monitoring.values import Floats
from monitoring.weak_slices import LEVEL, Excess, Mask, Slice, excessive, measure, unexplained

MOST_TESTED = 8


class WeakSegment(NamedTuple):
    """A slice whose rows are answered worse than expected."""

    id: str
    side: Side
    """Whether answers are too long there, too short, or wrong either way."""
    rows: int
    """In both halves."""
    excess: Measured
    """Of the loss to that side over what is expected, in the half that did not choose the slice."""
    expected: float
    """The mean |error| that is expected there."""
    p_value: float
    """Adjusted for all slices that were tested."""


def excess_of(
    found: Mapping[Side, Floats], expected: Mapping[Side, Floats], days: Codes, likeness: float = 0.0
) -> Excess:
    """Take from each row's loss, by side, what is expected of it: as much more as the window's is, never less."""
    of = {side: losses - expected[side] * _level(losses, expected[side]) for side, losses in found.items()}
    return Excess(of, expected["either"], days, likeness)


def weak_segments(columns: Mapping[str, Coded], excess: Excess, choosing: Mask) -> tuple[WeakSegment, ...]:
    """Find weak segments, the surest first; `choosing` tells the rows that choose from those that test."""
    candidates = unexplained(excessive(columns, excess, choosing), excess, choosing, MOST_TESTED)
    tests = [_tested(one, excess, ~choosing) for one in candidates]
    adjusted = holm(np.array([test.p_above_zero for test in tests]), 1 / np.arange(1.0, len(tests) + 1))
    order = [place for place in np.argsort(adjusted, kind="stable").tolist() if adjusted[place] <= LEVEL]
    kept = unexplained([candidates[place] for place in order], excess, ~choosing, MOST_TESTED)
    return tuple(
        _told(candidates[place], tests[place], float(adjusted[place]), excess)
        for place in order
        if candidates[place] in kept
    )


def choosing_half(ids: Sequence[str]) -> Mask:
    """Halve rows by a stable hash of their ids: a row is always of the same half."""
    hashes = np.fromiter((crc32(name.encode()) for name in ids), dtype=np.uint64, count=len(ids))
    half: Mask = (hashes * np.uint64(2654435761) >> np.uint64(31)) % np.uint64(2) == 0  # Knuth's multiplier mixes bits
    return half


def _level(found: Floats, expected: Floats) -> float:
    total = float(expected.sum())
    return max(1.0, float(found.sum()) / total) if total > 0 else 1.0


def _tested(one: Slice, excess: Excess, testing: Mask) -> Measured:
    rows = one.rows & testing
    return measure(excess, one.side, rows) if rows.sum() > 1 else Measured(0.0, 1.0)


def _told(one: Slice, test: Measured, p_value: float, excess: Excess) -> WeakSegment:
    rows = one.rows
    name = one.grouping.id_of(one.code)
    return WeakSegment(name, one.side, int(rows.sum()), test, float(excess.expected[rows].mean()), p_value)
