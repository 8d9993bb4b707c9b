"""Weak segments, found among all slices: where answers are worse than is to be expected there.

Slices are chosen on one half of the rows and tested on the other, so that what made them stand out cannot speak twice.
Worse is meant beyond what the whole window became worse by: that is a matter of the model, not of a segment.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np

from contracts.error_watch import Side
from monitoring.numeric.holm import holm
from monitoring.numeric.measured import Codes, Measured
from monitoring.numeric.values import Floats
from monitoring.profiles.slices import Coded
from monitoring.window.weak_slices import LEVEL, Excess, Mask, Slice, excessive, measure, unexplained

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
    found: Mapping[Side, Floats], expected: Mapping[Side, Floats], now: Mask, days: Codes, likeness: float
) -> Excess:
    """Take from each row's loss, by side, what is expected of it; of now as much more as all of now is worse.

    Rows of the reference, with out-of-sample errors, stand among those of `now`: the more, the surer a slice's own
    level is known. Without any, or for slices that the reference does not hold, the error model alone says it.
    """
    of = {side: losses - expected[side] * _levels(losses, expected[side], now) for side, losses in found.items()}
    return Excess(of, expected["either"], now, days, likeness)


def weak_segments(columns: Mapping[str, Coded], excess: Excess, choosing: Mask) -> tuple[WeakSegment, ...]:
    """Find weak segments, the surest first; `choosing` tells the rows that choose from those that test."""
    choosers, testers = excess.now & choosing, excess.now & ~choosing
    candidates = unexplained(excessive(columns, excess, choosers), excess, choosers, MOST_TESTED)
    tests = [_tested(one, excess, testers) for one in candidates]
    adjusted = holm(np.array([test.p_above_zero for test in tests]), 1 / np.arange(1.0, len(tests) + 1))
    found = [_told(one, test, p, excess) for one, test, p in zip(candidates, tests, adjusted.tolist(), strict=True)]
    named = {(segment.id, segment.side): segment for segment in found if segment.p_value <= LEVEL}
    surest_first = [one for one in candidates if (one.id, one.side) in named]
    surest_first.sort(key=lambda one: named[one.id, one.side].p_value)
    kept = unexplained(surest_first, excess, testers, MOST_TESTED)
    return tuple(named[one.id, one.side] for one in kept)


def choosing_half(ids: Sequence[str]) -> Mask:
    """Halve rows by a stable hash of their ids: a row is always of the same half."""
    hashes = np.fromiter((crc32(name.encode()) for name in ids), dtype=np.uint64, count=len(ids))
    half: Mask = (hashes * np.uint64(2654435761) >> np.uint64(31)) % np.uint64(2) == 0  # Knuth's multiplier mixes bits
    return half


def _levels(found: Floats, expected: Floats, now: Mask) -> Floats:
    total = float(expected[now].sum())
    worse = max(1.0, float(found[now].sum()) / total) if total > 0 else 1.0
    return np.where(now, worse, 1.0)


def _tested(one: Slice, excess: Excess, testers: Mask) -> Measured:
    enough = (one.rows & testers).sum() > 1
    return measure(excess, one, testers) if enough else Measured(0.0, 1.0)


def _told(one: Slice, test: Measured, p_value: float, excess: Excess) -> WeakSegment:
    rows = one.rows & excess.now
    return WeakSegment(one.id, one.side, int(rows.sum()), test, float(excess.expected[rows].mean()), p_value)
