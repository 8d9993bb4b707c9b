"""What a plain setup with fixed thresholds would have said of the same rides: day by day, column by column.

No hour of the week, no correction for many columns, no practical bound: as the common samples do.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ridewatch.backtest.result import Setup

PSI_BOUND, LEVEL = 0.2, 0.05
BINS = 10
LEAST = 1e-4
"""A share that is empty counts as this, as samples do."""
LEAST_ROWS = 50
LABELS = ("pickup_zone", "dropoff_zone", "vendor", "payment_type")
Values = NDArray[np.float64]
Table = Mapping[str, Values]
"""Columns by name: numbers, labels by their code; NaN where missing."""
Judge = Callable[[str, Values, Values], bool]


class Day(NamedTuple):
    """The rides of one local day."""

    day: date
    rows: Table


class Flag(NamedTuple):
    """A column that is flagged on a day."""

    setup: Setup
    column: str
    day: date
    is_alarm: bool
    """It was not on the day before."""


def flags(setup: Setup, days: Iterator[tuple[Day, set[str]]]) -> list[Flag]:
    """List the columns that are flagged, day by day; one that begins to be is an alarm, going on is no news."""
    found, before = list[Flag](), set[str]()
    for day, flagged in days:
        found += [Flag(setup, column, day.day, column not in before) for column in sorted(flagged)]
        before = flagged
    return found


def flagged_days(days: list[Day], reference: Table, judge: Judge) -> Iterator[tuple[Day, set[str]]]:
    """Judge every column of every day with rides enough."""
    for day in days:
        if len(next(iter(day.rows.values()))) >= LEAST_ROWS:
            names = [name for name in reference if name in day.rows]
            yield day, {name for name in names if judge(name, day.rows[name], reference[name])}


def is_beyond_psi(name: str, now: Values, reference: Values) -> bool:
    """Tell whether PSI over the reference's deciles, or over all labels, is beyond the usual bound."""
    p, q = (np.clip(_shares(name, side, reference), LEAST, None) for side in (now, reference))
    return float(((p - q) * np.log(p / q)).sum()) > PSI_BOUND


def is_significant(name: str, now: Values, reference: Values) -> bool:
    """Tell whether the column's own test is significant: Kolmogorov-Smirnov for numbers, chi-square for labels."""
    now, reference = now[~np.isnan(now)], reference[~np.isnan(reference)]
    if not len(now) or not len(reference):
        return False
    if name not in LABELS:
        return bool(stats.ks_2samp(now, reference).pvalue < LEVEL)
    labels = np.unique(np.concatenate([now, reference]))
    counts = [[(side == label).sum() for label in labels] for side in (now, reference)]
    return len(labels) > 1 and bool(stats.chi2_contingency(counts).pvalue < LEVEL)


def _shares(name: str, side: Values, reference: Values) -> Values:
    known, rows = side[~np.isnan(side)], max(len(side), 1)
    if name in LABELS:
        labels = np.unique(reference[~np.isnan(reference)])
        counts = np.array([(known == label).sum() for label in labels])
        return np.append(counts, [len(known) - counts.sum(), len(side) - len(known)]) / rows
    edges = np.unique(np.nanquantile(reference, np.linspace(0, 1, BINS + 1)[1:-1]))
    counts = np.bincount(np.searchsorted(edges, known, side="right"), minlength=len(edges) + 1)
    return np.append(counts, len(side) - len(known)) / rows
