"""Simulated rides with errors as the model's on real months, and how often the intervals of them hold the truth.

Measured on 2019-01 … 2019-06 out of sample: |e| has mean 2.8, deviation 3.2, skewness 2.8; e² a kurtosis of 100 to 600.
A day has traffic of its own, so that the mean error of 330 rides varies 8 times as much as that of independent ones.
"""

from collections.abc import Iterator
from math import sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitoring.numeric.design import design_effect, freedom_of, mean_correlation, ratio_residuals
from monitoring.numeric.intervals import (
    Interval,
    Sums,
    difference_interval,
    mean_interval,
    quantile_interval,
    root_mean_square_interval,
    share_interval,
    size_interval,
    skill_interval,
)

Floats = NDArray[np.float64]
REFERENCE_DAYS, ROWS_A_DAY = 60, 330
TRAFFIC, SCATTER = 0.05, 0.12
"""Standard deviations between days of the logarithms of a ride's duration and of the size of its error."""
ODD = 0.06
"""The share of rides whose actual is far from any prediction."""
LATE, NINE_TENTHS = 5.0, 0.9
TRUTH_DAYS = 10_000


class Rides(NamedTuple):
    """Measures of rides, in rows of days: all of shape (days, rides a day)."""

    bias: Floats
    absolute: Floats
    square: Floats
    relative: Floats
    naive: Floats

    @property
    def late(self) -> Floats:
        """Give 1 where an error exceeds five minutes."""
        return (self.absolute > LATE).astype(np.float64)


class Reference(NamedTuple):
    """What training keeps: correlations of every measure, and its sums."""

    correlations: dict[str, float]
    sums: dict[str, Sums]
    edges: Floats


def rides(luck: np.random.Generator, days: int, rows: int, *, clustered: bool) -> Rides:
    """Draw the rides of some days; without clusters every day is like the others."""
    between = luck.standard_normal((2, days, 1), dtype=np.float32) * clustered
    noise = luck.standard_normal((3, days, rows), dtype=np.float32)
    odd = luck.random((days, rows), dtype=np.float32) < ODD
    size = np.where(odd, 0.5, 0.22) * np.exp(SCATTER * between[0])
    predicted = np.clip(np.exp(2.35 + 0.6 * noise[0]), 1, 55)
    actual = np.clip(predicted * np.exp(0.02 + TRAFFIC * between[1] + size * noise[1]), 1, 60)
    error = (predicted - actual).astype(np.float64)
    naive = np.abs(predicted * np.exp(0.3 * noise[2]) - actual)
    absolute = np.abs(error)
    return Rides(error, absolute, error**2, absolute / actual, naive.astype(np.float64))


def truths(luck: np.random.Generator, *, clustered: bool) -> dict[str, float]:
    """Give what the intervals should hold, from five million rides."""
    many = rides(luck, TRUTH_DAYS, 500, clustered=clustered)
    return {
        "bias": many.bias.mean(),
        "MAE": many.absolute.mean(),
        "RMSE": sqrt(many.square.mean()),
        "MAPE": many.relative.mean(),
        "p90": float(np.quantile(many.absolute, NINE_TENTHS)),
        "skill": 1 - many.absolute.mean() / many.naive.mean(),
        "share": many.late.mean(),
        "MAE − reference": 0.0,
    }


def reference_of(found: Rides) -> Reference:
    """Learn from the reference's days, as training does."""
    sums = {name: _sums(values) for name, values in _measures(found).items()}
    tail = float(np.quantile(found.absolute, NINE_TENTHS))
    correlations = {name: _correlation(values) for name, values in _measures(found).items()}
    correlations |= {"p90": _correlation((found.absolute > tail) * 1.0), "share": _correlation(found.late)}
    correlations["skill"] = _skill_correlation(found)
    cuts = np.unique(np.concatenate([np.linspace(0, 1, 41), [0.99, 0.995, 0.999]]))
    return Reference(correlations, sums, np.unique(np.quantile(found.absolute, cuts)))


def intervals(found: Rides, known: Reference) -> dict[str, Interval | None]:
    """Compute every interval of a window."""
    days, rows = found.bias.shape[0], found.bias.size
    sums, usual = {name: _sums(values) for name, values in _measures(found).items()}, known.sums
    by = {name: _worth(correlation, rows, days) for name, correlation in known.correlations.items()}
    places = np.searchsorted(known.edges, found.absolute.ravel(), side="right")
    mae = size_interval(sums["MAE"], usual["MAE"], **by["MAE"])
    before = size_interval(usual["MAE"], None, **_worth(known.correlations["MAE"], usual["MAE"].rows, REFERENCE_DAYS))
    return {
        "bias": mean_interval(sums["bias"], **by["bias"]),
        "MAE": mae,
        "RMSE": root_mean_square_interval(sums["RMSE"], usual["RMSE"], **by["RMSE"]),
        "MAPE": size_interval(sums["MAPE"], usual["MAPE"], **by["MAPE"]),
        "p90": quantile_interval(
            NINE_TENTHS, known.edges, np.bincount(places, minlength=len(known.edges) + 1), **by["p90"]
        ),
        "skill": skill_interval(sums["MAE"], _sums(found.naive), _sums(found.naive - found.absolute), **by["skill"]),
        "share": share_interval(found.late.sum(), rows, **by["share"]),
        "MAE − reference": difference_interval(mae, before) if mae and before else None,
    }


def coverage(
    luck: np.random.Generator, windows: list[tuple[int, int]], simulations: int, *, clustered: bool
) -> Iterator[tuple[int, int, dict[str, float]]]:
    """Give, for windows of so many rows on so many days, how often each interval holds the truth."""
    sought = truths(luck, clustered=clustered)
    references = [
        reference_of(rides(luck, REFERENCE_DAYS, ROWS_A_DAY, clustered=clustered)) for _ in range(simulations)
    ]
    for rows, days in windows:
        held: dict[str, list[bool]] = {name: [] for name in sought}
        for known in references:
            found = intervals(rides(luck, days, rows // days, clustered=clustered), known)
            for name, interval in found.items():
                held[name].append(interval is not None and interval.lower <= sought[name] <= interval.upper)
        yield rows, days, {name: float(np.mean(hits)) for name, hits in held.items()}


def _measures(found: Rides) -> dict[str, Floats]:
    return {"bias": found.bias, "MAE": found.absolute, "RMSE": found.square, "MAPE": found.relative}


def _sums(values: Floats) -> Sums:
    return Sums(values.size, float(values.sum()), float((values**2).sum()))


def _worth(correlation: float, rows: int, days: float) -> dict[str, Any]:
    deff = design_effect(correlation, rows, days)
    return {"deff": deff, "freedom": freedom_of(deff, rows, REFERENCE_DAYS - 1)}


def _correlation(values: Floats) -> float:
    sums, squares = values.sum(axis=1), (values**2).sum(axis=1)
    return mean_correlation(_rows(values), sums, squares, np.full(len(values), values.mean()), 1)


def _skill_correlation(found: Rides) -> float:
    measures = (found.absolute, found.naive, found.naive - found.absolute)
    ratio = float(found.absolute.sum() / found.naive.sum())
    sums, squares = ratio_residuals(*[(m.sum(axis=1), (m**2).sum(axis=1)) for m in measures], ratio)
    return mean_correlation(_rows(found.bias), sums, squares, np.zeros(len(sums)), 1)


def _rows(values: Floats) -> NDArray[np.int64]:
    return np.full(len(values), values.shape[1])
