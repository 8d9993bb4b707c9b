"""The fallback's table, from rides; and the fallback among the contenders."""

from collections.abc import Iterator, Mapping
from typing import Self

import numpy as np
from numpy.typing import NDArray

from contracts.fallback import FallbackCell, FallbackTable
from rides.fallback import Fallback
from ridewatch.training.columns import BOROUGH_OF_ZONE, BOROUGHS, Matrix, ride_features

Minutes = NDArray[np.float64]

DISTANCE_EDGES = (0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 13, 17, 20, 30)
HOURS_A_BAND = 4
LEAST_RIDES = 10
LEVELS = (
    ("distance_band", "hour_band", "pickup_borough", "dropoff_borough"),
    ("distance_band", "hour_band"),
    ("distance_band",),
    ("hour_band", "pickup_borough", "dropoff_borough"),
    ("pickup_borough", "dropoff_borough"),
    (),
)
"""By what rides are alike, in the order in which `rides.fallback` asks."""


class MedianOfAlike:
    """The fallback as a regressor of the matrix of FEATURES."""

    table: FallbackTable

    def fit(self, matrix: Matrix, minutes: Minutes) -> Self:
        """Learn the table."""
        self.table = table_of(matrix, minutes)
        return self

    def predict(self, matrix: Matrix) -> Minutes:
        """Answer each row as serving does."""
        fallback = Fallback(self.table)
        return np.array([fallback.minutes(features) for features in ride_features(matrix)])


def alike(_seed: int) -> MedianOfAlike:
    """Answer the median of rides alike: what naive means here."""
    return MedianOfAlike()


def table_of(matrix: Matrix, minutes: Minutes) -> FallbackTable:
    """Learn the medians of rides, from the matrix of FEATURES and their minutes."""
    codes = _codes(matrix)
    return FallbackTable(
        distance_edges=DISTANCE_EDGES,
        hours_a_band=HOURS_A_BAND,
        least_rides=LEAST_RIDES,
        cells=tuple(cell for level in LEVELS for cell in _cells(level, codes, minutes)),
    )


def _codes(matrix: Matrix) -> dict[str, NDArray[np.int64]]:
    zones = matrix[:, :2].astype(int)
    return {
        "distance_band": np.searchsorted(DISTANCE_EDGES, matrix[:, 2], side="right"),
        "hour_band": matrix[:, 3].astype(int) // HOURS_A_BAND,
        "pickup_borough": BOROUGH_OF_ZONE[zones[:, 0]],
        "dropoff_borough": BOROUGH_OF_ZONE[zones[:, 1]],
    }


def _cells(level: tuple[str, ...], codes: Mapping[str, NDArray[np.int64]], minutes: Minutes) -> Iterator[FallbackCell]:
    """Give the cells of one level that hold enough rides; all rides together always do."""
    keys = np.column_stack([np.zeros(len(minutes), np.int64), *(codes[name] for name in level)])
    order = np.lexsort((minutes, *keys.T))
    starts = np.flatnonzero(np.append(True, np.any(np.diff(keys[order], axis=0), axis=1)))
    for group in np.split(order, starts[1:]):
        if len(group) >= LEAST_RIDES or not level:
            key = dict(zip(level, keys[group[0], 1:].tolist(), strict=True))
            yield _cell(key, float(np.median(minutes[group])), len(group))


def _cell(key: Mapping[str, int], minutes: float, rides: int) -> FallbackCell:
    pickup, dropoff = (BOROUGHS[key[name]] if name in key else None for name in ("pickup_borough", "dropoff_borough"))
    return FallbackCell(key.get("distance_band"), key.get("hour_band"), pickup, dropoff, round(minutes, 3), rides)
