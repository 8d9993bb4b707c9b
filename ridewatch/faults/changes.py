"""What faults do to rides: each a function from the rides after its beginning to what becomes of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from contracts.ride import NEW_YORK
from ridewatch.sources.table import RideTable, concatenate

Change = Callable[[RideTable, np.random.Generator], RideTable]

KILOMETRES_A_MILE = 1.609344
BUSIEST_ZONE, STRANGE_ZONE = 237, 110
METER_VENDOR, METER_FACTOR = 2, 1.1
TWICE = 0.2
LOST_HOURS = (16, 20)
SLOWER = 0.8
FAR = 5.0
CREEP_A_DAY, CREEP_DAYS = 0.025, 14


def kilometres(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Give distances in kilometres."""
    return replace(rides, distance=rides.distance * KILOMETRES_A_MILE)


def null_passengers(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Take the passengers away."""
    return replace(rides, passengers=np.full(len(rides), np.nan))


def renamed_zone(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Call a zone by another number, at both ends."""
    return replace(rides, pickup_zone=_renamed(rides.pickup_zone), dropoff_zone=_renamed(rides.dropoff_zone))


def utc_times(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Read New York's clock in Greenwich; durations stay."""
    ahead = greenwich_ahead(rides.pickup_time)
    return replace(rides, pickup_time=rides.pickup_time + ahead, dropoff_time=rides.dropoff_time + ahead)


def vendor_meter(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Lengthen one vendor's distances."""
    factor = np.where(rides.vendor == METER_VENDOR, METER_FACTOR, 1.0)
    return replace(rides, distance=rides.distance * factor)


def duplicates(rides: RideTable, rng: np.random.Generator) -> RideTable:
    """Send some rides twice."""
    return concatenate([rides, rides.take(rng.random(len(rides)) < TWICE)]).in_pickup_order()


def dropped_hours(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Lose the rides of some hours."""
    hour = (rides.pickup_time - rides.pickup_time.astype("datetime64[D]")) // np.timedelta64(1, "h")
    return rides.take((hour < LOST_HOURS[0]) | (hour >= LOST_HOURS[1]))


def slow_traffic(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Drive the same way at less speed."""
    return lasting(rides, rides.duration_minutes / SLOWER)


def long_rides(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Keep the far ones."""
    return rides.take(rides.distance >= FAR)


def slow_creep(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Take a little longer every day."""
    days = (rides.pickup_time - rides.pickup_time.min()) / np.timedelta64(1, "D")
    return lasting(rides, rides.duration_minutes * (1 + CREEP_A_DAY * np.minimum(days, CREEP_DAYS)))


CHANGES: Final[dict[str, Change]] = {
    change.__name__: change
    for change in (
        kilometres,
        null_passengers,
        renamed_zone,
        utc_times,
        vendor_meter,
        duplicates,
        dropped_hours,
        slow_traffic,
        long_rides,
        slow_creep,
    )
}


def lasting(rides: RideTable, minutes: NDArray[np.float64]) -> RideTable:
    """Give rides that end so many minutes after they began; NaN where that is not known."""
    took = (np.nan_to_num(minutes) * 60e6).round().astype("timedelta64[us]")
    ends = np.where(np.isnan(minutes), np.datetime64("NaT", "us"), rides.pickup_time + took)
    return replace(rides, dropoff_time=ends)


def _renamed(zones: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.where(zones == BUSIEST_ZONE, STRANGE_ZONE, zones).astype(np.int32)


def greenwich_ahead(times: NDArray[np.datetime64]) -> NDArray[Any]:
    """Give how far Greenwich is ahead of New York's wall clock; of the hour that comes twice the first is meant."""
    hours, places = np.unique(times.astype("datetime64[h]"), return_inverse=True)
    moments: list[datetime] = hours.astype("datetime64[us]").tolist()
    offsets = [-(moment.replace(tzinfo=NEW_YORK).utcoffset() or timedelta(0)) for moment in moments]
    return np.array(offsets, dtype="timedelta64[us]")[places]
