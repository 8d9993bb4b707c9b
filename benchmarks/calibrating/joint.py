"""Simulated rows of three columns without drift, and how often the domain classifier's interval holds one half."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.calibrating.columns import Days, Window, World, days_of, weekday_weights, world
from contracts.profile import CategoricalColumn, Column, NumericColumn
from monitoring.window.classifier import AUC_BOUND, Domain, Side, domain_of

REFERENCE_DAYS, ROWS_A_DAY, REFERENCE_SAMPLE = 60, 330, 2_000
EVEN = 0.5
BINS = {"pickup": 40, "payment": 10, "miles": 20}
COLUMNS: tuple[Column, ...] = (
    CategoricalColumn(name="pickup", categories=tuple(map(str, range(40)))),
    CategoricalColumn(name="payment", categories=tuple(map(str, range(10)))),
    NumericColumn(name="miles", edges=(0.0, 20.0)),
)


def areas(
    luck: np.random.Generator, windows: list[tuple[int, int]], simulations: int, days: Days
) -> Iterator[tuple[int, int, dict[str, float]]]:
    """Give, for samples of so many rows of so many days, how often one half is held and the bound exceeded."""
    columns = [world(luck, bins, 0.0, days) for bins in BINS.values()]
    for rows, length in windows:
        found = [_judged(luck, columns, rows, length).auc for _ in range(simulations)]
        yield (
            rows,
            length,
            {
                "holds 0.5": float(np.mean([area.lower <= EVEN <= area.upper for area in found])),
                "above the bound": float(np.mean([area.lower > AUC_BOUND for area in found])),
            },
        )


def _judged(luck: np.random.Generator, columns: list[World], rows: int, length: int) -> Domain:
    now, known = (
        [days_of(luck, column.usual, column, sizes) for column in columns]
        for sizes in ((length, rows // length), (REFERENCE_DAYS, ROWS_A_DAY))
    )
    sizes = rows, REFERENCE_SAMPLE
    sides = (_side(luck, now, sizes[0], now), _side(luck, known, sizes[1], now))
    found = domain_of(COLUMNS, *sides)
    if found is None:
        message = f"{rows} rows are too few"
        raise ValueError(message)
    return found


def _side(luck: np.random.Generator, windows: list[Window], size: int, now: list[Window]) -> Side:
    """Draw a sample of rows, weighted to the window's weekdays."""
    days = np.repeat(np.arange(len(windows[0].counts)), windows[0].counts.sum(axis=1))
    drawn = luck.permutation(len(days))[:size]
    values = {name: _rows(luck, window)[drawn] for name, window in zip(BINS, windows, strict=True)}
    values["miles"] = values["miles"] + luck.random(len(drawn))
    weights = weekday_weights(now[0].weekdays, windows[0].weekdays)
    return Side(values, weights[days[drawn]], days[drawn])


def _rows(luck: np.random.Generator, window: Window) -> NDArray[np.int64]:
    """Lay out a column's rows, day after day, in no order within one."""
    bins = np.arange(window.counts.shape[1])
    return np.concatenate([luck.permutation(np.repeat(bins, day)) for day in window.counts])
