"""Simulated columns whose shares differ by weekday and by day, and how often the rule of PSI flags them.

`days` are all alike, or differ in no direction in particular, or in one: that in which the window drifted too.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.profile import CategoricalColumn
from monitoring.numeric.clustered import History, Sample, clustered_psi
from monitoring.numeric.design import effective_days, usual_days, weighted_rows
from monitoring.numeric.drift import DRIFT_BOUND, psi
from monitoring.numeric.grouping import merged, scoring_groups
from monitoring.numeric.multiplicity import benjamini_yekutieli

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Days = Literal["alike", "varied", "swinging"]

REFERENCE_DAYS, ROWS_A_DAY, WEEK = 60, 330, 7
CORRELATION = 0.001
"""Of shares; on real months 0.0000 to 0.0015, but for a change of coding."""
BINS = (10, 10, 10, 10, 20, 20, 20, 20, 60, 60)
LEVEL = 0.05


class World(NamedTuple):
    """A column: its shares by weekday, then and now, and the direction in which days swing."""

    usual: Floats
    moved: Floats
    direction: Floats
    days: Days


class Window(NamedTuple):
    """Rows by day and bin, and the days' weekdays."""

    counts: Counts
    weekdays: Counts


class Judged(NamedTuple):
    """What is said of a column."""

    p_value: float
    """At the true PSI of the bins that are compared."""
    flagged: bool
    raw: bool
    """Whether the plain rule, observed PSI > 0.1, would flag it."""


def world(luck: np.random.Generator, bins: int, drift: float, days: Days) -> World:
    """Make a column whose true PSI is `drift` in a week, along the days' own direction."""
    shares, direction = luck.dirichlet(np.full(bins, 8.0)), luck.standard_normal(bins)
    by_weekday = shares * np.exp(0.1 * luck.standard_normal((WEEK, bins)))
    usual = by_weekday / by_weekday.sum(axis=1, keepdims=True)
    low, high = 0.0, 4.0
    for _ in range(40):
        middle = (low + high) / 2
        far = psi_of(_tilted(usual, middle * direction).mean(axis=0), usual.mean(axis=0)) > drift
        low, high = (low, middle) if far else (middle, high)
    return World(usual, _tilted(usual, low * direction), direction, days)


def days_of(luck: np.random.Generator, shares: Floats, column: World, sizes: tuple[int, int]) -> Window:
    """Draw so many consecutive days, from a Monday on, of so many rows."""
    weekdays = np.arange(sizes[0]) % WEEK
    drawn = _swung(luck, shares[weekdays], column)
    return Window(luck.multinomial(sizes[1], drawn), weekdays)


def judged(now: Window, reference: Window, column: World) -> Judged:
    """Judge a column as the report does."""
    weights = weekday_weights(now.weekdays, reference.weekdays)
    by_day = reference.counts.sum(axis=1)
    counts = now.counts.sum(axis=0), weights @ reference.counts
    history = History(reference.counts, usual_days(reference.counts, reference.weekdays))
    sides = (
        Sample(counts[0], float(counts[0].sum()), len(now.weekdays)),
        Sample(counts[1], weighted_rows(by_day, weights), effective_days(by_day * weights)),
    )
    mean = history.correlation()
    groups = scoring_groups(_spec(len(counts[0])), *counts, *(side.worth(mean) for side in sides))
    truth = psi_of(*(merged(s[now.weekdays].mean(axis=0), groups) for s in (column.moved, column.usual)))
    found = clustered_psi(*sides, history, groups, truth)
    return Judged(found.p_value, found.lower > DRIFT_BOUND, psi(*counts).observed > DRIFT_BOUND)


def flags(
    luck: np.random.Generator, windows: list[tuple[int, int]], simulations: int, days: Days
) -> Iterator[tuple[int, int, dict[str, float]]]:
    """Give, for windows of so many rows on so many days, how often columns are flagged."""
    still, moved = ([world(luck, bins, drift, days) for bins in BINS] for drift in (0.0, DRIFT_BOUND))
    for rows, length in windows:
        sizes = length, rows // length
        at_bound, none = (
            [[_simulated(luck, column, sizes) for column in columns] for _ in range(reports)]
            for columns, reports in ((moved, simulations), (still, simulations // len(BINS)))
        )
        shares = {
            "at the bound": [one.p_value < LEVEL for report in at_bound for one in report],
            "any of ten at the bound": [_any(report) for report in at_bound],
            "no drift": [one.flagged for report in none for one in report],
            "no drift, PSI > 0.1": [one.raw for report in none for one in report],
        }
        yield rows, length, {name: float(np.mean(hits)) for name, hits in shares.items()}


def weekday_weights(now: Counts, reference: Counts) -> Floats:
    """Weigh the reference's days so that its weekdays are the window's."""
    sides = [np.bincount(weekdays, minlength=WEEK) for weekdays in (now, reference)]
    return (sides[0] / np.maximum(sides[1], 1))[reference]


def psi_of(p: Floats, q: Floats) -> float:
    """Give the PSI of true shares."""
    return float(np.sum((p - q) * np.log(p / q)))


def _simulated(luck: np.random.Generator, column: World, sizes: tuple[int, int]) -> Judged:
    reference = days_of(luck, column.usual, column, (REFERENCE_DAYS, ROWS_A_DAY))
    return judged(days_of(luck, column.moved, column, sizes), reference, column)


def _any(report: list[Judged]) -> bool:
    return bool(np.any(benjamini_yekutieli([one.p_value for one in report]) < LEVEL))


def _tilted(shares: Floats, by: Floats) -> Floats:
    found = shares * np.exp(by)
    return found / found.sum(axis=1, keepdims=True)


def _swung(luck: np.random.Generator, shares: Floats, column: World) -> Floats:
    """Give each day's own shares; on average those that are given."""
    if column.days == "alike":
        return shares
    if column.days == "varied":
        drawn = luck.standard_gamma(shares * (1 / CORRELATION - 1))
        return drawn / drawn.sum(axis=1, keepdims=True)
    slope = column.direction - shares @ column.direction[:, None]
    slope /= np.sqrt(np.sum(shares * slope**2, axis=1, keepdims=True))
    far = np.sqrt(CORRELATION * (shares.shape[1] - 1)) * luck.standard_normal((len(shares), 1))
    most = 0.9 / np.abs(slope).max(axis=1, keepdims=True)
    return shares * (1 + np.clip(far, -most, most) * slope)


def _spec(bins: int) -> CategoricalColumn:
    return CategoricalColumn(name="x", categories=tuple(map(str, range(bins))))
