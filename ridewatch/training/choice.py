"""Which rides the API would take, which of them errors are judged on, and which of those the model learns from."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rides.flags import FARTHEST
from ridewatch.sources.table import MISSING, RideTable

Mask = NDArray[np.bool_]

JUDGED_MINUTES = (1.0, 60.0)
LONGEST_MINUTES = 1500.0
FARTHEST_MILES = 1000.0
ZONES = (1, 265)
MOST = 99
"""The largest passenger count, vendor and payment type that the API takes."""
LEAST_SHARE = 0.01
"""A month with fewer rides than this share of the busiest month's holds wrong dates, not rides."""


class Chosen(NamedTuple):
    """The rides of the reference, and which of them are judged and learnt from."""

    rides: RideTable
    judged: Mask
    """Those whose duration the model is for."""
    learnt: Mask
    """Those of the judged whose distance can be true."""
    dropped: dict[str, int]
    """Reason → rides that the model does not learn from; the first reason counts."""


def choose(table: RideTable, *, dates: bool = True) -> Chosen:
    """Choose rides; `dates`: those of months that hold next to nothing are wrong dates, and are left out."""
    dated = ~np.isnat(table.pickup_time)
    refused = {
        "no_pickup_time": ~dated,
        "wrong_date": ~_of_busy_months(table) if dates else ~dated,
        "refused_by_the_api": ~_accepted(table),
    }
    rides = table.take(~np.any(list(refused.values()), axis=0))
    of_no_use, odd = _of_no_duration(rides), _of_no_distance(rides)
    judged: Mask = ~np.any(list(of_no_use.values()), axis=0)
    learnt: Mask = judged & ~np.any(list(odd.values()), axis=0)
    return Chosen(rides, judged, learnt, _first_reasons(refused) | _first_reasons(of_no_use | odd))


def _of_no_duration(rides: RideTable) -> dict[str, Mask]:
    minutes = rides.duration_minutes
    return {
        "no_dropoff_time": np.isnan(minutes),
        "shorter_than_1_minute": minutes < JUDGED_MINUTES[0],
        "longer_than_60_minutes": minutes > JUDGED_MINUTES[1],
    }


def _of_no_distance(rides: RideTable) -> dict[str, Mask]:
    return {"zero_distance": rides.distance == 0, "absurd_distance": rides.distance > FARTHEST}


def _first_reasons(reasons: dict[str, Mask]) -> dict[str, int]:
    counts, told = {}, np.zeros(len(next(iter(reasons.values()))), dtype=bool)
    for why, rows in reasons.items():
        counts[why] = int((rows & ~told).sum())
        told |= rows
    return {why: rows for why, rows in counts.items() if rows}


def _of_busy_months(table: RideTable) -> Mask:
    months = table.pickup_time.astype("datetime64[M]")
    found, counts = np.unique(months[~np.isnat(months)], return_counts=True)
    busy: Mask = np.isin(months, found[counts >= LEAST_SHARE * counts.max(initial=0)])
    return busy


def _accepted(table: RideTable) -> Mask:
    """Tell which rides `contracts.ride.Ride` would take."""
    zones = [(zone >= ZONES[0]) & (zone <= ZONES[1]) for zone in (table.pickup_zone, table.dropoff_zone)]
    distance = (table.distance >= 0) & (table.distance <= FARTHEST_MILES)
    people = np.isnan(table.passengers) | ((table.passengers >= 0) & (table.passengers <= MOST))
    codes = [(code >= 0) & (code <= MOST) | (code == MISSING) for code in (table.vendor, table.payment_type)]
    accepted: Mask = np.all([*zones, distance, people, *codes], axis=0)
    return accepted
