"""What is wrong with real rides, as often as it is."""

from dataclasses import replace
from typing import Any

import numpy as np

from ridewatch.simulator.facts import UNKNOWN_FROM, Floats, Numbers, facts
from ridewatch.sources.table import MISSING, RideTable

FAULTS = ("zero", "flicker", "stuck")
"""A meter that measured no distance; one that ran less than a minute; one that nobody stopped for a day."""
METER_EPOCH = np.datetime64("2008-12-31T22:00:00", "us")
"""A meter that lost its clock starts there: the TLC's files of all years hold rides of New Year's Eve 2008."""


def soil(rides: RideTable, rng: np.random.Generator) -> RideTable:
    """Spoil a few rides the way meters and their operators do."""
    rates = facts().more["dirt"]
    fault = _faults(rides, rates, rng)
    minutes = _minutes(rides, fault, rates, rng)
    spoiled = replace(
        rides,
        distance=_distances(rides.distance, fault, rates, rng),
        dropoff_time=rides.pickup_time + (minutes * 60).round().astype("timedelta64[s]"),
        vendor=np.where(fault == _number("stuck"), rates["stuck_vendor"], rides.vendor).astype(np.int32),
    )
    return _misdated(nulled(spoiled, rates["null_share"], rng), rates, rng)


def nulled(rides: RideTable, share: float, rng: np.random.Generator) -> RideTable:
    """Take passengers, vendor and payment from this share of rides: they come from a source that has none of them."""
    lost = rng.random(len(rides)) < share
    return replace(
        rides,
        passengers=np.where(lost, np.nan, rides.passengers),
        vendor=np.where(lost, MISSING, rides.vendor).astype(np.int32),
        payment_type=np.where(lost, MISSING, rides.payment_type).astype(np.int32),
    )


def kind_of(pickup: Numbers, dropoff: Numbers) -> Numbers:
    """Tell rides apart by how often they are spoiled: 0 between zones, 1 within a zone, 2 from or to an unknown one."""
    unknown = (pickup >= UNKNOWN_FROM) | (dropoff >= UNKNOWN_FROM)
    return np.where(unknown, 2, pickup == dropoff).astype(np.int64)


def _number(fault: str) -> int:
    return FAULTS.index(fault) + 1


def _faults(rides: RideTable, rates: Any, rng: np.random.Generator) -> Numbers:
    """0 for sound rides, else one more than the place in FAULTS."""
    by_kind = np.array([rates[fault] for fault in FAULTS]).cumsum(axis=0)
    kind = kind_of(rides.pickup_zone, rides.dropoff_zone)
    luck = rng.random(len(rides))
    within = luck < by_kind[:, kind]
    return np.where(within.any(axis=0), within.argmax(axis=0) + 1, 0)


def _distances(distance: Floats, fault: Numbers, rates: Any, rng: np.random.Generator) -> Floats:
    spoiled = np.where(fault == _number("zero"), 0.0, distance)
    return _quantiles(spoiled, fault == _number("flicker"), rates["flicker_miles"], rng)


def _minutes(rides: RideTable, fault: Numbers, rates: Any, rng: np.random.Generator) -> Floats:
    minutes = rides.duration_minutes
    for name in FAULTS:
        minutes = _quantiles(minutes, fault == _number(name), rates[f"{name}_minutes"], rng)
    # a ride between zones that was ridden took what such rides take, whatever its meter showed
    ridden = (fault == _number("zero")) & (rides.pickup_zone != rides.dropoff_zone) & (minutes >= 1)
    return np.where(ridden, rides.duration_minutes, minutes)


def _quantiles(values: Floats, where: Any, quantiles: list[float], rng: np.random.Generator) -> Floats:
    """Draw anew where told, from evenly spaced quantiles."""
    levels = np.linspace(0, 1, len(quantiles))
    return np.where(where, np.interp(rng.random(len(values)), levels, quantiles), values)


def _misdated(rides: RideTable, rates: Any, rng: np.random.Generator) -> RideTable:
    """Most of them by less than a month, the others by a lost clock."""
    wrong = rng.random(len(rides)) < rates["misdated_share"]
    slightly = wrong & (rng.random(len(rides)) < rates["misdated_month_before"])
    back = rng.integers(1, 32, len(rides)) * -np.timedelta64(1, "D")
    shift = np.where(slightly, back, METER_EPOCH - rides.pickup_time)
    shift = np.where(wrong, shift, np.timedelta64(0, "us"))
    return replace(rides, pickup_time=rides.pickup_time + shift, dropoff_time=rides.dropoff_time + shift)
