"""Vendors, passengers, payment, dirt, and what was otherwise in a lockdown."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ridewatch.simulator.clock import hour_of, weekday_of
from ridewatch.simulator.dirt import kind_of
from ridewatch.simulator.facts import Facts, Floats, Numbers
from ridewatch.simulator.measure.mix import hourly, shares
from ridewatch.simulator.measure.speed import STUCK_MINUTES, sound
from ridewatch.simulator.pace import usual_log_minutes
from ridewatch.sources.table import RideTable

PUBLISHED_NULL_SHARE = 1 - 7_667_792 / 7_696_617
"""2019-01 has so many rides in the TLC's CSV file, which left out those without labels, and in its Parquet file."""
PUBLISHED_MISDATED = 537 / 7_667_792
"""Rides of the TLC's 2019-01 whose pickup is in another month, from 2001 to 2088."""
PUBLISHED_MONTH_BEFORE = 355 / 537
"""Such rides that lie in 2018-12."""
PUBLISHED_LOCKDOWN = 237_993 / 7_667_792
"""Rides of 2020-04 over those of 2019-01, as the TLC published them."""
_QUANTILES = np.linspace(0, 1, 21)
_DOUBT = 20.0


def labels(rides: RideTable) -> dict[str, Any]:
    """Shares of vendors and payment types, and of passengers by vendor."""
    vendors = counted(rides.vendor)
    return {
        "vendors": vendors,
        "payment_types": counted(rides.payment_type),
        "passengers": {name: counted(rides.passengers[rides.vendor == int(name)]) for name in vendors},
    }


def counted(values: NDArray[Any]) -> dict[str, float]:
    """Share of each value, as JSON names it; missing ones left out."""
    found, counts = np.unique(values[values >= 0].astype(np.int64), return_counts=True)
    return {str(value): round(float(count / counts.sum()), 5) for value, count in zip(found, counts, strict=True)}


def dirt(rides: RideTable) -> dict[str, Any]:
    """How often rides are spoiled in which way, by kind of ride, and what such rides look like."""
    minutes = rides.duration_minutes
    zero, stuck = rides.distance == 0, minutes >= STUCK_MINUTES
    flicker = (minutes < 1) & ~zero
    kind = kind_of(rides.pickup_zone, rides.dropoff_zone)
    return {
        "zero": _rates(zero, kind),
        "flicker": _rates(flicker, kind),
        "stuck": _rates(stuck & ~zero, kind),
        "zero_minutes": _quantiles(minutes[zero & ~stuck]),
        "flicker_minutes": _quantiles(minutes[flicker]),
        "flicker_miles": _quantiles(rides.distance[flicker]),
        "stuck_minutes": _quantiles(minutes[stuck]),
        "stuck_vendor": int(np.bincount(np.maximum(rides.vendor[stuck], 0)).argmax()),
        "null_share": round(PUBLISHED_NULL_SHARE, 5),
        "misdated_share": round(PUBLISHED_MISDATED, 6),
        "misdated_month_before": round(PUBLISHED_MONTH_BEFORE, 3),
    }


def _rates(fault: Any, kind: Numbers) -> list[float]:
    return [round(float(fault[kind == number].mean()), 5) for number in range(3)]


def _quantiles(values: Floats) -> list[float]:
    drawn: list[float] = np.quantile(values, _QUANTILES).round(2).tolist()
    return drawn


def rides_luck(rides: RideTable) -> float:
    """Deviation of the number of rides of whole days from their weekday's, beyond chance; logarithmic."""
    days, counts = np.unique(rides.pickup_time.astype("datetime64[D]"), return_counts=True)
    weekday = weekday_of(days)
    usual = np.bincount(weekday, counts, 7) / np.maximum(np.bincount(weekday, minlength=7), 1)
    spread = np.log(counts / usual[weekday]).var() * len(days) / (len(days) - 7)
    return float(np.sqrt(max(0.0, spread - (1 / counts).mean())))


def lockdown(rides: RideTable, base: RideTable, known: Facts) -> dict[str, Any]:
    """Tell what was otherwise: how many rides, when, where and how fast."""
    hour, usual_hour = (hourly(table).sum(axis=0) for table in (rides, base))
    return {
        "rides": round(PUBLISHED_LOCKDOWN, 4),
        "hours": ((hour / hour.sum()) / (usual_hour / usual_hour.sum())).round(3).tolist(),
        "pickup": _ratio(rides.pickup_zone, base.pickup_zone),
        "dropoff": _ratio(rides.dropoff_zone, base.dropoff_zone),
        "minutes": _slower(sound(rides), known),
        "null_share": round(float((rides.vendor < 0).mean()), 4),
    }


def _ratio(now: Numbers, then: Numbers) -> list[float]:
    """By zone: its share now over its share then, doubted where few rides tell."""
    was = shares(then) * len(now)
    ratio: list[float] = ((shares(now) * len(now) + _DOUBT) / (was + _DOUBT)).round(3).tolist()
    return ratio


def _slower(rides: RideTable, known: Facts) -> list[float]:
    where = (rides.pickup_zone.astype(np.int64), rides.dropoff_zone.astype(np.int64))
    usual = usual_log_minutes(known, *where, rides.distance, rides.pickup_time)
    off, hour = np.log(rides.duration_minutes) - usual, hour_of(rides.pickup_time)
    return [round(float(np.exp(np.median(off[hour == number]))), 3) for number in range(24)]
