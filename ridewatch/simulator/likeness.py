"""How like real rides the simulated ones are: PSI of every feature and of the duration."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rides.zones import borough
from ridewatch.simulator.clock import hour_of, weekday_of
from ridewatch.simulator.facts import Floats, Numbers
from ridewatch.sources.table import RideTable

TOP = 100
"""Categories of their own; the rest are `other`."""
QUANTILE_BINS = 20
_LEAST = 1e-4
"""The share that an empty bin counts as."""
_NOWHERE = -1

CATEGORIES: dict[str, Callable[[RideTable], NDArray[Any]]] = {
    "pickup_zone": lambda rides: rides.pickup_zone,
    "dropoff_zone": lambda rides: rides.dropoff_zone,
    "pickup_borough": lambda rides: _boroughs(rides.pickup_zone),
    "dropoff_borough": lambda rides: _boroughs(rides.dropoff_zone),
    "hour": lambda rides: hour_of(rides.pickup_time),
    "weekday": lambda rides: weekday_of(rides.pickup_time),
    "passengers": lambda rides: np.nan_to_num(rides.passengers, nan=_NOWHERE),
    "vendor": lambda rides: rides.vendor,
    "payment_type": lambda rides: rides.payment_type,
}
NUMBERS: dict[str, Callable[[RideTable], Floats]] = {
    "distance": lambda rides: rides.distance,
    "duration": lambda rides: rides.duration_minutes,
}


def likeness(rides: RideTable, reference: RideTable) -> dict[str, float]:
    """Give the population stability index (Siddiqi 2006) of each column, in nats: 0 is the same mix."""
    labels = {name: _psi(*_labelled(of(rides), of(reference))) for name, of in CATEGORIES.items()}
    return labels | {name: _psi(*_binned(of(rides), of(reference))) for name, of in NUMBERS.items()}


def _psi(now: Numbers, then: Numbers) -> float:
    bins = int(max(now.max(), then.max())) + 1
    p, q = (np.maximum(np.bincount(values, minlength=bins) / len(values), _LEAST) for values in (now, then))
    return float(np.sum((p - q) * np.log(p / q)))


def _labelled(now: NDArray[Any], then: NDArray[Any]) -> tuple[Numbers, Numbers]:
    """Give each value its number among the reference's most frequent ones; everything else is one more."""
    values, counts = np.unique(then, return_counts=True)
    top = np.sort(values[np.argsort(-counts, kind="stable")][:TOP])
    return _placed(now, top), _placed(then, top)


def _placed(values: NDArray[Any], top: NDArray[Any]) -> Numbers:
    at = np.searchsorted(top, values).clip(0, len(top) - 1)
    return np.where(top[at] == values, at, len(top))


def _binned(now: Floats, then: Floats) -> tuple[Numbers, Numbers]:
    edges = np.unique(np.nanquantile(then, np.linspace(0, 1, QUANTILE_BINS + 1)[1:-1]))
    return np.digitize(now, edges), np.digitize(then, edges)


def _boroughs(zones: Numbers) -> NDArray[Any]:
    numbers, at = np.unique(zones, return_inverse=True)
    names: NDArray[Any] = np.array([borough(int(zone)) for zone in numbers])[at]
    return names
