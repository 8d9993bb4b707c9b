"""Which rides the API would take, and which of them the model learns from."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ridewatch.sources.table import RideTable

Mask = NDArray[np.bool_]

JUDGED_MINUTES = (1.0, 60.0)
LONGEST_MINUTES = 1500.0
FARTHEST_MILES = 1000.0
ZONES = (1, 265)
LEAST_SHARE = 0.01
"""A month with fewer of the rides than this holds wrong dates, not rides."""


class TooFewRides(Exception):
    """There is not enough to learn from."""


class Chosen(NamedTuple):
    """The reference's rides, and which of them have a duration that the model learns from and is judged on."""

    rides: RideTable
    judged: Mask
    dropped: dict[str, int]
    """Reason → rides that the model does not learn from."""


def choose(table: RideTable, *, dates: bool = True) -> Chosen:
    """Choose rides; `dates`: those of months that hold next to nothing are wrong dates, and are left out."""
    dated = ~np.isnat(table.pickup_time)
    in_time = dated & (_of_busy_months(table) if dates else True)
    accepted = in_time & _accepted(table)
    rides = table.take(accepted)
    minutes = rides.duration_minutes
    short, long = minutes < JUDGED_MINUTES[0], minutes > JUDGED_MINUTES[1]
    dropped = {
        "no_pickup_time": int((~dated).sum()),
        "wrong_date": int((dated & ~in_time).sum()),
        "refused_by_the_api": int((in_time & ~accepted).sum()),
        "no_dropoff_time": int(np.isnan(minutes).sum()),
        "shorter_than_1_minute": int(short.sum()),
        "longer_than_60_minutes": int(long.sum()),
    }
    return Chosen(rides, ~(np.isnan(minutes) | short | long), {why: rows for why, rows in dropped.items() if rows})


def _of_busy_months(table: RideTable) -> Mask:
    months = table.pickup_time.astype("datetime64[M]")
    found, counts = np.unique(months[~np.isnat(months)], return_counts=True)
    busy: Mask = np.isin(months, found[counts >= LEAST_SHARE * counts.sum()])
    return busy


def _accepted(table: RideTable) -> Mask:
    """Tell which rides `contracts.ride.Ride` would take."""
    zones = np.stack([table.pickup_zone, table.dropoff_zone])
    accepted: Mask = (
        ((zones >= ZONES[0]) & (zones <= ZONES[1])).all(axis=0)
        & (table.distance >= 0)
        & (table.distance <= FARTHEST_MILES)
    )
    return accepted
