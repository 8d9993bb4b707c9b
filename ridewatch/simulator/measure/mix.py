"""How often from where to where, by hour, and how far."""

import numpy as np

from ridewatch.simulator.clock import BANDS, band_of, hour_of, weekday_of
from ridewatch.simulator.facts import UNKNOWN_FROM, ZONES, Floats, Numbers
from ridewatch.simulator.places import CLASSES, distance_class, gravity, spread_group
from ridewatch.sources.table import RideTable

NEVER = (0, 103, 104, 110)
"""Numbers that the TLC's files never use: parts of Governor's Island and of Corona have others."""
LEVELS = (
    0.0005,
    0.002,
    0.005,
    0.01,
    0.02,
    *np.linspace(0.05, 0.95, 19).round(2).tolist(),
    0.98,
    0.99,
    0.995,
    0.998,
    0.9995,
)
_RARE = 0.1
"""Rides that a zone has in a sample where it has none: the whole months have some in every zone."""
_DOUBT = 10.0
"""A lift counts as much as so many rides that lift nothing."""
_PAIR_DOUBT = 4.0
_PAIR_ROWS = 4


def shares(zones: Numbers) -> Floats:
    """Give each zone's share."""
    counts = np.bincount(zones, minlength=ZONES) + _RARE
    counts[list(NEVER)] = 0
    share: Floats = counts / counts.sum()
    return share


def hourly(rides: RideTable) -> Floats:
    """Rides by weekday and hour, per such hour in the calendar."""
    hours = np.unique(rides.pickup_time.astype("datetime64[h]"))
    seen = _table(weekday_of(hours), hour_of(hours))
    return _table(weekday_of(rides.pickup_time), hour_of(rides.pickup_time)) / np.maximum(seen, 1)


def _table(weekday: Numbers, hour: Numbers) -> Floats:
    counts: Floats = np.bincount(weekday * 24 + hour, minlength=168).reshape(7, 24).astype(np.float64)
    return counts


def band_lifts(zones: Numbers, rides: RideTable) -> Floats:
    """By band and zone: how much more it is asked for than by its share of the whole day."""
    band, share = band_of(rides.pickup_time), shares(zones)
    counts = np.bincount(band * ZONES + zones, minlength=BANDS * ZONES).reshape(BANDS, ZONES)
    expected = counts.sum(axis=1)[:, None] * share[None, :]
    lifts: Floats = (counts + _DOUBT) / (expected + _DOUBT)
    return lifts


def pair_miles(rides: RideTable, off: Floats) -> Floats:
    """By pair: how much farther than on the map, 1 where too few rides tell."""
    ratio = np.ones((ZONES, ZONES))
    for (pickup, dropoff), rows in by_pair(rides):
        ratio[pickup, dropoff] = np.exp(np.median(off[rows]) * len(rows) / (len(rows) + 2))
    return ratio


def by_pair(rides: RideTable) -> list[tuple[tuple[int, int], Numbers]]:
    """Rows of each pair of known zones with some rides."""
    cell = rides.pickup_zone.astype(np.int64) * ZONES + rides.dropoff_zone
    order = np.argsort(cell, kind="stable")
    cells, starts = np.unique(cell[order], return_index=True)
    groups = zip(cells.tolist(), np.split(order, starts[1:]), strict=True)
    return [(divmod(number, ZONES), rows) for number, rows in groups if len(rows) >= _PAIR_ROWS]


def class_shares(rides: RideTable, miles: Floats) -> Floats:
    """Shares of the classes of distance."""
    classes = distance_class(miles)[rides.pickup_zone, rides.dropoff_zone]
    share: Floats = np.bincount(classes, minlength=CLASSES) / len(rides)
    return share


def pair_lifts(rides: RideTable, miles: Floats) -> Floats:
    """By pair: how much more frequent than the gravity model says; 1 where neither sees many."""
    ends = shares(rides.pickup_zone), shares(rides.dropoff_zone)
    start = np.ones((ZONES, ZONES))
    expected = gravity(*ends, distance_class(miles), class_shares(rides, miles), start) * len(rides)
    cells = rides.pickup_zone.astype(np.int64) * ZONES + rides.dropoff_zone
    counts = np.bincount(cells, minlength=ZONES**2).reshape(ZONES, ZONES)
    lifts = (counts + _PAIR_DOUBT) / (expected + _PAIR_DOUBT)
    return np.where((counts >= _PAIR_ROWS) | (expected >= _PAIR_ROWS), lifts, 1.0)


def miles_spread(rides: RideTable, miles: Floats) -> list[list[float]]:
    """Quantiles of log miles around the usual, by group."""
    usual = miles[rides.pickup_zone, rides.dropoff_zone]
    group = spread_group(rides.pickup_zone, rides.dropoff_zone, usual)
    off = np.log(rides.distance / usual)
    return [np.quantile(off[group == number], LEVELS).round(4).tolist() for number in range(6)]


def known_zones(rides: RideTable) -> RideTable:
    """Leave out rides from or to an unknown zone."""
    return rides.take((rides.pickup_zone < UNKNOWN_FROM) & (rides.dropoff_zone < UNKNOWN_FROM))
