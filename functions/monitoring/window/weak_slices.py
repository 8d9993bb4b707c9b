"""Slices whose losses exceed what is expected of their rows."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.error_watch import Side
from monitoring.numeric.measured import Codes, Measured, difference, mean_of
from monitoring.numeric.values import Floats
from monitoring.profiles.slices import Coded, Grouping, groupings, tally

LEAST_ROWS = 20
"""On each side of the split."""
LEAST_EXCESS = 0.25
"""Of the absolute error that is expected there: less is of no practical weight."""
LEVEL = 0.05
UNLIKE = 0.1
"""Of the absolute error that is expected: so much (one standard deviation) slices differ by nature from what an error
model expects of them; 0.06 to 0.12 among the zones of 2019-01/02."""
LOOKED_AT = 100
HANDICAP = 2.0
"""Standard errors by which a pair must be surer than its parts: by luck alone some of so many pairs are."""

Mask = NDArray[np.bool_]


class Excess(NamedTuple):
    """By how much each row's loss exceeds what an error model expects of it: rows of now, and of the reference."""

    of: Mapping[Side, Floats]
    expected: Floats
    """The |error| that is expected."""
    now: Mask
    days: Codes
    likeness: float
    """Of the rows of one day: see monitoring.numeric.measured."""


class Slice(NamedTuple):
    """Some rows, and the side to which their answers are off."""

    grouping: Grouping
    code: int
    side: Side
    score: float
    """Its excess in standard errors, as if rows were independent: for ranking."""

    @property
    def id(self) -> str:
        """Name it, the same in every window."""
        return self.grouping.id_of(self.code)

    @property
    def rows(self) -> Mask:
        """Tell which rows are its."""
        found: Mask = self.grouping.codes == self.code
        return found


def excessive(columns: Mapping[str, Coded], excess: Excess, among: Mask) -> list[Slice]:
    """Find the slices with the surest excess among some rows of now."""
    found = [one for grouping in groupings(columns) for one in _excessive(grouping, excess, among)]
    return nlargest(LOOKED_AT, found, key=lambda one: one.score)


def unexplained(slices: Iterable[Slice], excess: Excess, among: Mask, most: int) -> list[Slice]:
    """Keep slices, in order, that are still excessive without the rows of those kept before."""
    kept: list[Slice] = []
    left = among.copy()
    for one in slices:
        if len(kept) < most and is_weak(excess, one, left):
            kept.append(one)
            left &= ~one.rows
    return kept


def is_weak(excess: Excess, one: Slice, among: Mask) -> bool:
    """Tell whether a slice's excess among some rows is large enough to matter, and larger than luck once in twenty."""
    rows = one.rows & among
    if rows.sum() < LEAST_ROWS:
        return False
    found = measure(excess, one, among)
    return found.p_above_zero <= LEVEL and found.value >= LEAST_EXCESS * float(excess.expected[rows].mean())


def measure(excess: Excess, one: Slice, among: Mask) -> Measured:
    """Measure a slice's mean excess among some rows of now, beyond that of its reference."""
    rows, known = one.rows & among, one.rows & ~excess.now
    found = mean_of(excess.of[one.side][rows], excess.days[rows], excess.likeness)
    nature = UNLIKE * float(excess.expected[rows].mean())
    if known.sum() < LEAST_ROWS:
        return difference(found, Measured(0.0, nature))
    return difference(
        found, _by_nature(mean_of(excess.of[one.side][known], excess.days[known], excess.likeness), nature)
    )


def _by_nature(known: Measured, nature: float) -> Measured:
    """Believe a reference's excess as far as it is sure: normal-normal Bayes with the mean 0."""
    trust = nature**2 / (nature**2 + known.error**2)
    return Measured(known.value * trust, known.error * sqrt(trust))


def _excessive(grouping: Grouping, excess: Excess, among: Mask) -> Iterator[Slice]:
    rows, known = (np.flatnonzero(side & (grouping.codes >= 0)) for side in (among, ~excess.now))
    now, before = grouping.codes[rows], grouping.codes[known]
    expected = tally(now, excess.expected[rows], grouping.size).mean
    for side, losses in excess.of.items():
        found, usual = tally(now, losses[rows], grouping.size), tally(before, losses[known], grouping.size)
        beyond = found.mean - usual.mean * usual.rows / (usual.rows + LEAST_ROWS)
        large = np.flatnonzero((found.rows >= LEAST_ROWS) & (beyond >= LEAST_EXCESS * expected) & (found.error > 0))
        scores = beyond[large] / found.error[large] - HANDICAP * (len(grouping.names) - 1)
        yield from (Slice(grouping, int(code), side, float(score)) for code, score in zip(large, scores, strict=True))
