"""A map of the zones, from nothing but the miles between them (metric multidimensional scaling on log miles)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ridewatch.simulator.facts import ZONES, Floats, Numbers
from ridewatch.simulator.places import map_miles
from ridewatch.sources.table import RideTable

STEPS = 2000
_HUBER = 0.3
_MIN_RIDES = 3
_RADIUS = 0.6
"""Miles; the width of a zone before anything is known of it."""
_RADII = (0.2, 2.0)


def fit_map(rides: RideTable, borough: Callable[[int], str], *, seed: int = 0) -> dict[str, Floats]:
    """Place the zones so that the map's miles are near the rides'; rarely seen ones in the middle of their borough."""
    start = np.random.default_rng(seed).normal(0, 3, (ZONES, 3))
    start[:, 2] = np.log(_RADIUS)
    fitted = _descended(start, rides)
    seen = np.bincount(np.concatenate([rides.pickup_zone, rides.dropoff_zone]), minlength=ZONES) >= _MIN_RIDES
    placed = _centred(fitted, seen, borough)
    return {"x": placed[:, 0], "y": placed[:, 1], "radius": np.exp(placed[:, 2])}


def _descended(places: Floats, rides: RideTable) -> Floats:
    """Adam (Kingma & Ba 2015) with a rate that falls to a tenth halfway."""
    mean, square = np.zeros_like(places), np.zeros_like(places)
    for step in range(1, STEPS + 1):
        slope = _slope(places, rides)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = 0.2 if step < STEPS / 2 else 0.02
        places = places - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        places[:, 2] = places[:, 2].clip(*np.log(_RADII))
    return places


def _slope(places: Floats, rides: RideTable) -> Floats:
    """Give the gradient of the Huber loss of log miles, by zone: x, y, log radius."""
    i, j = rides.pickup_zone, rides.dropoff_zone
    apart = places[i, :2] - places[j, :2]
    widths = np.exp(places[i, 2] + places[j, 2])
    square = (apart**2).sum(axis=1) + widths
    error = np.clip(0.5 * np.log(square) - np.log(rides.distance), -_HUBER, _HUBER) / square
    moves, grows = error[:, None] * apart, 0.5 * error * widths
    columns = [_summed(i, moves[:, axis]) - _summed(j, moves[:, axis]) for axis in (0, 1)]
    return np.array([*columns, _summed(i, grows) + _summed(j, grows)]).T


def _summed(zones: Numbers, values: Floats) -> Floats:
    return np.bincount(zones, values, ZONES).astype(np.float64)


def _centred(places: Floats, seen: NDArray[np.bool_], borough: Callable[[int], str]) -> Floats:
    homes = np.array(["", *(borough(zone) for zone in range(1, ZONES))])
    for home in np.unique(homes):
        known = seen & (homes == home)
        middle = places[known if known.any() else seen].mean(axis=0)
        places[~seen & (homes == home)] = middle
    return places


def log_miles_off(zones: dict[str, Floats], rides: RideTable) -> Floats:
    """How far each ride's log miles are from the map's."""
    return np.log(rides.distance / map_miles(zones)[rides.pickup_zone, rides.dropoff_zone])
