"""A table's features, as serving would see them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rides.zones import ZONES, borough
from ridewatch.sources.table import MISSING, RideTable

Columns = dict[str, NDArray[Any]]
Matrix = NDArray[np.float32]

HOURS_A_DAY, DAYS_A_WEEK = 24, 7
THURSDAY = 3
"""1970-01-01 was one."""
BOROUGHS = tuple(ZONES)
BOROUGH_OF_ZONE = np.array([BOROUGHS.index(borough(zone)) for zone in range(266)])
"""Each zone's place in BOROUGHS."""


def feature_columns(table: RideTable) -> Columns:
    """Give the columns that `rides.features.features_of` gives ride by ride; None where a value is missing."""
    days = table.pickup_time.astype("datetime64[D]").astype(np.int64)
    boroughs = np.array(BOROUGHS, dtype=object)[BOROUGH_OF_ZONE]
    return {
        "pickup_zone": table.pickup_zone,
        "dropoff_zone": table.dropoff_zone,
        "pickup_borough": boroughs[table.pickup_zone],
        "dropoff_borough": boroughs[table.dropoff_zone],
        "distance": table.distance,
        "hour": table.pickup_time.astype("datetime64[h]").astype(np.int64) % HOURS_A_DAY,
        "weekday": (days + THURSDAY) % DAYS_A_WEEK,
        "passengers": _or_none(table.passengers, np.isnan(table.passengers)),
        "vendor": _or_none(table.vendor, table.vendor == MISSING),
        "payment_type": _or_none(table.payment_type, table.payment_type == MISSING),
    }


def matrix_of(columns: Mapping[str, NDArray[Any]], features: Sequence[str]) -> Matrix:
    """Give the model's inputs, of shape (rides, features)."""
    return np.column_stack([columns[name].astype(np.float32) for name in features])


def ride_features(matrix: Matrix) -> Iterator[dict[str, Any]]:
    """Give, ride by ride, what rules read of the features, from a matrix that begins with zones, distance and hour."""
    zones = matrix[:, :2].astype(int)
    boroughs = np.array(BOROUGHS)[BOROUGH_OF_ZONE[zones]]
    miles = matrix[:, 2].astype(float).round(4)  # as they were before they were float32
    columns = (*zones.T, *boroughs.T, miles, matrix[:, 3].astype(int))
    names = ("pickup_zone", "dropoff_zone", "pickup_borough", "dropoff_borough", "distance", "hour")
    for ride in zip(*(column.tolist() for column in columns), strict=True):
        yield dict(zip(names, ride, strict=True))


def _or_none(values: NDArray[Any], missing: NDArray[np.bool_]) -> NDArray[Any]:
    whole = np.where(missing, 0, values).astype(np.int64).astype(object)
    whole[missing] = None
    return whole
