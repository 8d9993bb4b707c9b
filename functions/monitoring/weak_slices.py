"""Slices whose losses exceed what is expected of their rows."""

from collections.abc import Iterable, Mapping
from heapq import nlargest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.error_watch import Side
from monitoring.measured import Codes, Measured, mean_of
from monitoring.slices import Coded, Grouping, Integers, groupings, tally
from monitoring.values import Floats

LEAST_ROWS = 20
"""On each side of the split."""
LEAST_EXCESS = 0.25
"""Of the absolute error that is expected there: less is of no practical weight."""
LEVEL = 0.05
LOOKED_AT = 100
HANDICAP = 1.0
"""Standard errors by which a pair must be surer than its parts: by luck alone some of so many pairs are."""

Mask = NDArray[np.bool_]


class Excess(NamedTuple):
    """By how much each row's loss exceeds what is expected of it, by side; each row's expected |error|; its day."""

    of: Mapping[Side, Floats]
    expected: Floats
    days: Codes
    likeness: float
    """Of the rows of one day: see monitoring.measured."""


class Slice(NamedTuple):
    """Some rows, and the side to which their answers are off."""

    grouping: Grouping
    code: int
    side: Side
    score: float
    """Its excess in standard errors, as if rows were independent: for ranking."""

    @property
    def rows(self) -> Mask:
        """Tell which rows are its."""
        found: Mask = self.grouping.codes == self.code
        return found


def excessive(columns: Mapping[str, Coded], excess: Excess, among: Mask) -> list[Slice]:
    """Find the slices with the surest excess among some rows."""
    found = [
        one
        for grouping in groupings(columns)
        for side in excess.of
        for one in _excessive(grouping, side, excess, among)
    ]
    return nlargest(LOOKED_AT, found, key=lambda one: one.score)


def unexplained(slices: Iterable[Slice], excess: Excess, among: Mask, most: int) -> list[Slice]:
    """Keep slices, in order, that are still excessive without the rows of those kept before."""
    kept: list[Slice] = []
    left = among.copy()
    for one in slices:
        rows = one.rows & left
        if len(kept) < most and is_weak(excess, one.side, rows):
            kept.append(one)
            left &= ~rows
    return kept


def is_weak(excess: Excess, side: Side, rows: Mask) -> bool:
    """Tell whether some rows' excess is large enough to matter, and larger than luck once in twenty."""
    if rows.sum() < LEAST_ROWS:
        return False
    found = measure(excess, side, rows)
    return found.p_above_zero <= LEVEL and found.value >= LEAST_EXCESS * float(excess.expected[rows].mean())


def measure(excess: Excess, side: Side, rows: Mask) -> Measured:
    """Measure the mean excess of some rows."""
    return mean_of(excess.of[side][rows], excess.days[rows], excess.likeness)


def _excessive(grouping: Grouping, side: Side, excess: Excess, among: Mask) -> list[Slice]:
    rows = among & (grouping.codes >= 0)
    codes: Integers = grouping.codes[rows]
    found = tally(codes, excess.of[side][rows], grouping.size)
    expected = tally(codes, excess.expected[rows], grouping.size).mean
    large = np.flatnonzero((found.rows >= LEAST_ROWS) & (found.mean >= LEAST_EXCESS * expected) & (found.mean > 0))
    handicap = HANDICAP * (len(grouping.names) - 1)
    scores = found.mean[large] / np.maximum(found.error[large], 1e-12) - handicap
    return [Slice(grouping, int(code), side, float(score)) for code, score in zip(large, scores, strict=True)]
