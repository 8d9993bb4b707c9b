"""Minutes by miles, places and hour: a sum of measured effects on log minutes, and luck.

log minutes = curve(miles, band) + hour of the week + pickup zone + drop-off zone + pair + areas in that band
              + luck of the day + luck of the ride
"""

import numpy as np

from ridewatch.simulator.clock import Times, band_of, hour_of, weekday_of
from ridewatch.simulator.facts import Facts, Floats, Numbers, facts
from ridewatch.simulator.luck import draw_luck

KNOTS = (0.25, 0.5, 1.0, 1.6, 2.5, 4.0, 7.0, 11.0, 16.0, 25.0)
"""Miles between which log minutes are a straight line in log miles."""
LUCK_EDGES = (1.0, 2.0, 4.0, 9.0)


def draw_minutes(pickup: Numbers, dropoff: Numbers, miles: Floats, times: Times, rng: np.random.Generator) -> Floats:
    """Draw the minutes that such rides took."""
    usual = usual_log_minutes(facts(), pickup, dropoff, miles, times)
    minutes: Floats = np.exp(usual + _luck_of_days(times, rng) + _luck_of_rides(miles, rng))
    return minutes


def usual_log_minutes(known: Facts, pickup: Numbers, dropoff: Numbers, miles: Floats, times: Times) -> Floats:
    """Sum the effects that are not luck."""
    band = band_of(times)
    pickup_area, dropoff_area = (known.zones["area"][zones].astype(np.int64) for zones in (pickup, dropoff))
    by_area = np.array(known.more["area_pace"])
    usual: Floats = (
        _curve(np.array(known.more["miles_pace"]), miles, band)
        + known.hours["pace"][weekday_of(times), hour_of(times)]
        + known.zones["pickup_pace"][pickup]
        + known.zones["dropoff_pace"][dropoff]
        + np.log(known.pairs["pace"][pickup, dropoff])
        + by_area[band, pickup_area]
        + by_area[band, dropoff_area]
    )
    return usual


def hats(miles: Floats) -> Floats:
    """Weigh the knots for each ride: rides × knots, rows sum to 1 (linear interpolation in log miles)."""
    knots = np.log(KNOTS)
    at = np.log(np.maximum(miles, KNOTS[0]))
    return np.array([np.interp(at, knots, unit) for unit in np.eye(len(knots))]).T


def _curve(table: Floats, miles: Floats, band: Numbers) -> Floats:
    curve: Floats = np.einsum("rk,rk->r", hats(miles), table[band])
    return curve


def _luck_of_days(times: Times, rng: np.random.Generator) -> Floats:
    days = times.astype("datetime64[D]")
    first, last = days.min(), days.max()
    luck = rng.normal(0, facts().more["day_luck"]["pace"], int((last - first).astype(int)) + 1)
    drawn: Floats = luck[(days - first).astype(np.int64)]
    return drawn


def _luck_of_rides(miles: Floats, rng: np.random.Generator) -> Floats:
    return draw_luck(np.array(facts().more["minutes_spread"]), np.digitize(miles, LUCK_EDGES), rng)
