"""Minutes by miles, places and hour: a ridge regression on log minutes, and what is left as luck."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ridewatch.simulator.clock import BANDS, band_of, hour_of, weekday_of
from ridewatch.simulator.facts import ZONES, Floats, Numbers
from ridewatch.simulator.measure.mix import LEVELS, by_pair
from ridewatch.simulator.pace import KNOTS, LUCK_EDGES, hats
from ridewatch.sources.table import RideTable

AREAS = ("Manhattan", "Queens", "Brooklyn", "Bronx", "airport", "elsewhere")
AIRPORTS = (1, 132, 138)
"""Newark, JFK, LaGuardia."""
STUCK_MINUTES = 600
"""No ride takes longer; the meter was left on."""
_OUTLIER = 1.2
"""Log minutes; such rides stood still, or their meters ran on, and would bend the fit."""
_PAIR_DOUBT = 6.0


@dataclass(frozen=True)
class Speed:
    """The fitted effects, in the simulator's own shapes, and the residuals of the rides."""

    miles_pace: Floats
    hours: Floats
    pickup: Floats
    dropoff: Floats
    area_pace: Floats
    pairs: Floats
    left: Floats


def areas(borough: Callable[[int], str]) -> Numbers:
    """Give each zone's area, as a position in AREAS."""
    names = ["elsewhere", *(borough(zone) for zone in range(1, ZONES))]
    placed = np.array([AREAS.index(name) if name in AREAS else AREAS.index("elsewhere") for name in names])
    placed[list(AIRPORTS)] = AREAS.index("airport")
    return placed


def fit_speed(rides: RideTable, area: Numbers) -> Speed:
    """Fit twice, the second time without outliers."""
    parts, penalties = _design(rides, area)
    design = np.concatenate(parts, axis=1, dtype=np.float32)
    minutes = np.log(rides.duration_minutes)
    weights = _ridge(design, minutes, penalties)
    inside = np.abs(minutes - design @ weights) < _OUTLIER
    weights = _ridge(design[inside], minutes[inside], penalties)
    return _speed(rides, weights, [part.shape[1] for part in parts], minutes - design @ weights)


def _design(rides: RideTable, area: Numbers) -> tuple[list[Floats], Floats]:
    band = band_of(rides.pickup_time)
    shape = hats(rides.distance)
    curves = (np.eye(BANDS)[band][:, :, None] * shape[:, None, :]).reshape(len(rides), -1)
    hour = np.eye(168)[weekday_of(rides.pickup_time) * 24 + hour_of(rides.pickup_time)]
    ends = [np.eye(ZONES)[zones] for zones in (rides.pickup_zone, rides.dropoff_zone)]
    in_area = sum(
        np.eye(BANDS * len(AREAS))[band * len(AREAS) + area[z]] for z in (rides.pickup_zone, rides.dropoff_zone)
    )
    parts = [curves, hour, *ends, np.asarray(in_area)]
    doubts = (0.3, 4.0, 8.0, 8.0, 8.0)
    return parts, np.concatenate([np.full(part.shape[1], doubt) for part, doubt in zip(parts, doubts, strict=True)])


def _ridge(design: Any, minutes: Floats, penalties: Floats) -> Floats:
    gram = (design.T @ design).astype(np.float64) + np.diag(penalties)
    return np.linalg.solve(gram, design.T @ minutes)


def _speed(rides: RideTable, weights: Floats, sizes: list[int], left: Floats) -> Speed:
    curves, hours, pickup, dropoff, area = np.split(weights, np.cumsum(sizes)[:-1])
    pairs = _pairs(rides, left)
    return Speed(
        miles_pace=curves.reshape(BANDS, len(KNOTS)),
        hours=hours.reshape(7, 24),
        pickup=pickup,
        dropoff=dropoff,
        area_pace=area.reshape(BANDS, len(AREAS)),
        pairs=pairs,
        left=left - np.log(pairs[rides.pickup_zone, rides.dropoff_zone]),
    )


def _pairs(rides: RideTable, left: Floats) -> Floats:
    ratio = np.ones((ZONES, ZONES))
    for (pickup, dropoff), rows in by_pair(rides):
        ratio[pickup, dropoff] = np.exp(np.median(left[rows]) * len(rows) / (len(rows) + _PAIR_DOUBT))
    return ratio


def minutes_spread(rides: RideTable, left: Floats) -> list[list[float]]:
    """Quantiles of log minutes around the usual, by miles."""
    group = np.digitize(rides.distance, LUCK_EDGES)
    return [np.quantile(left[group == number], LEVELS).round(4).tolist() for number in range(len(LUCK_EDGES) + 1)]


def day_luck(rides: RideTable, left: Floats) -> float:
    """Deviation of whole days, beyond what their number of rides explains."""
    _, day, counts = np.unique(rides.pickup_time.astype("datetime64[D]"), return_inverse=True, return_counts=True)
    inside = np.clip(left, -_OUTLIER, _OUTLIER)
    means = np.bincount(day, inside) / counts
    chance = inside.var() * (1 / counts).mean()
    return float(np.sqrt(max(0.0, means.var() - chance)))


def sound(rides: RideTable) -> RideTable:
    """Leave out what is dirt."""
    minutes = rides.duration_minutes
    return rides.take((rides.distance > 0) & (minutes >= 1) & (minutes < STUCK_MINUTES))
