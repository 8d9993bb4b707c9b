"""Fitting: the reference, made once, at training, from its rows, by hour of the week and by day."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from contracts.profile import Column, ProfileSpec
from monitoring.numeric.clustered import History
from monitoring.numeric.design import mean_correlation, ratio_residuals, share_correlation
from monitoring.numeric.values import Floats, Indices, Values
from monitoring.profiles.counting import CodedRows, Masks, code, count
from monitoring.profiles.layout import Counts, layout_of
from monitoring.profiles.profile import SCALE, Profile
from monitoring.profiles.reference import SKILL, Reference
from monitoring.profiles.strata import HOURS, HOURS_A_DAY, Strata, weights_at
from monitoring.profiles.verdicts import OF_INPUTS, OUTCOMES


class Rows(NamedTuple):
    """Rows of the reference."""

    columns: Mapping[str, Values]
    checks: Masks
    hours: Indices
    """Of each row, by its own clock: whole hours since some Monday's midnight."""


class Day(NamedTuple):
    """What was counted on a day, and what is usual at its hours of the week."""

    counted: Profile
    usual: Profile


def reference_of(spec: ProfileSpec, rows: Rows, judged: Rows | None = None) -> Reference:
    """Make a reference of rows, its errors of `judged` ones, else of the same rows."""
    coded = code(spec, rows.columns, rows.checks)
    inputs = _strata(coded, rows.hours)
    days = list(_days(coded, rows.hours, inputs))
    outcomes, judged_days = inputs, days
    if judged is not None:
        others = code(spec, judged.columns, judged.checks)
        outcomes = _strata(others, judged.hours)
        judged_days = list(_days(others, judged.hours, outcomes))
    dependence = {
        **_of_columns(spec, days),
        **_of_measures(spec, days, judged_days),
        **_of_skill(spec, judged_days),
        **_of_checks(spec, days),
    }
    return Reference(inputs, outcomes, _history(spec, days), _occurrences(rows.hours), dependence, _predictions(coded))


def _strata(coded: CodedRows, hours: Indices) -> Strata:
    return Strata.of(coded.spec, {hour: count(coded.take(rows)) for hour, rows in _parted(hours % HOURS)})


def _days(coded: CodedRows, hours: Indices, strata: Strata) -> Iterator[Day]:
    first = strata.first_slice()
    for _, rows in _parted(hours // HOURS_A_DAY):
        now = np.bincount(hours[rows] % HOURS, minlength=HOURS)[:, None]
        yield Day(count(coded.take(rows)), first.at(weights_at(first.rows, now)))


def _parted(keys: Indices) -> Iterator[tuple[int, Indices]]:
    """Give each key that occurs and the rows that have it."""
    order = np.argsort(keys, kind="stable")
    found, starts = np.unique(keys[order], return_index=True)
    yield from zip(found.tolist(), np.split(order, starts[1:]), strict=True)


def _of_columns(spec: ProfileSpec, days: list[Day]) -> dict[str, float]:
    columns = [column for column in spec.columns if column.role not in OUTCOMES]
    return {column.name: _of_shares(_known(spec, column), days) for column in columns}


def _of_shares(cells: slice, days: list[Day]) -> float:
    return _correlation([day.counted.counts[0, cells] for day in days], [day.usual.counts[0, cells] for day in days])


def _of_checks(spec: ProfileSpec, days: list[Day]) -> dict[str, float]:
    return {check.name: _of_check(place, days) for place, check in enumerate(spec.checks)}


def _of_check(place: int, days: list[Day]) -> float:
    sides = ([_broken_or_not(profile.checks[0, place]) for profile in side] for side in zip(*days, strict=True))
    return _correlation(*sides)


def _broken_or_not(check: Counts) -> Counts:
    broken, checked = check
    return np.array([broken, checked - broken], dtype=np.float64)


def _of_measures(spec: ProfileSpec, days: list[Day], judged_days: list[Day]) -> dict[str, float]:
    measures = [column for column in spec.columns if column.role in OUTCOMES]
    known = {True: days, False: judged_days}
    return {column.name: _of_mean(_known(spec, column), known[column.role in OF_INPUTS]) for column in measures}


def _of_mean(cells: slice, days: list[Day]) -> float:
    daily = _daily(cells, days)
    return mean_correlation(daily.rows, daily.sums, daily.squares, daily.usual)


def _of_skill(spec: ProfileSpec, days: list[Day]) -> dict[str, float]:
    """Say how alike the rows of a day are in how much better their answers are than the naive ones."""
    known = {column.role: _known(spec, column) for column in spec.columns}
    if not known.keys() >= {"absolute_error", "naive_error", "gain"}:
        return {}
    errors, naive, gain = (_daily(known[role], days) for role in ("absolute_error", "naive_error", "gain"))
    total = float(naive.sums.sum())
    if not total:
        return {}
    ratio = float(errors.sums.sum()) / total
    sums, squares = ratio_residuals(errors[1:3], naive[1:3], gain[1:3], ratio)
    return {SKILL: mean_correlation(errors.rows, sums, squares, errors.usual - ratio * naive.usual)}


class _Daily(NamedTuple):
    """A measure by day, and the mean that is usual at the day's hours."""

    rows: Floats
    sums: Floats
    squares: Floats
    usual: Floats


def _daily(cells: slice, days: list[Day]) -> _Daily:
    tables = ("counts", "sums", "squares")
    rows, sums, squares = (np.array([_added(day.counted, table, cells) for day in days]) for table in tables)
    return _Daily(rows, sums / SCALE, squares, np.array([_mean(day.usual, cells) for day in days]))


def _added(profile: Profile, table: str, cells: slice) -> float:
    return float(profile.arrays()[table][0, cells].sum())


def _mean(profile: Profile, cells: slice) -> float:
    rows = float(profile.counts[0, cells].sum())
    return float(profile.sums[0, cells].sum()) / SCALE / rows if rows else 0.0


def _known(spec: ProfileSpec, column: Column) -> slice:
    """Give a column's cells without those of missing values."""
    cells = layout_of(spec).columns[column.name]
    return slice(cells.start, cells.stop - 1)


def _correlation(counted: list[Counts], usual: list[Counts]) -> float:
    """Compare what was counted, day by day, with what is usual, scaled to the rows that were there."""
    now, expected = np.array(counted, dtype=np.float64), np.array(usual, dtype=np.float64)
    totals = expected.sum(axis=1, keepdims=True)
    return share_correlation(now, expected * now.sum(axis=1, keepdims=True) / np.where(totals > 0, totals, 1))


def _history(spec: ProfileSpec, days: list[Day]) -> History:
    """Put the days together, each bin's usual count scaled to the rows that its column had that day."""
    counted = np.array([day.counted.counts[0] for day in days])
    usual = np.array([day.usual.counts[0] for day in days])
    for cells in layout_of(spec).columns.values():
        totals = usual[:, cells].sum(axis=1, keepdims=True)
        usual[:, cells] *= counted[:, cells].sum(axis=1, keepdims=True) / np.where(totals > 0, totals, 1)
    return History(counted, usual)


def _occurrences(hours: Indices) -> Floats:
    """Count, for each hour of the week, the days of that weekday that hold anything."""
    weekdays = np.unique(hours // HOURS_A_DAY) % (HOURS // HOURS_A_DAY)
    return np.repeat(np.bincount(weekdays, minlength=HOURS // HOURS_A_DAY), HOURS_A_DAY).astype(np.float64)


def _predictions(coded: CodedRows) -> Floats:
    """Give the mean prediction of the rows of each bin of the features."""
    layout, means = layout_of(coded.spec), np.full(layout_of(coded.spec).cells, np.nan)
    predicted = [column.name for column in coded.spec.columns if column.role == "prediction"]
    features = [column for column in coded.spec.columns if column.role == "feature"]
    for column in features if predicted else []:
        bins = coded.bins[column.name]
        rows = np.bincount(bins, minlength=column.bins)
        total = np.bincount(bins, coded.numbers[predicted[0]], minlength=column.bins)
        means[layout.columns[column.name]] = np.divide(total, rows, out=np.full(column.bins, np.nan), where=rows > 0)
    return means
