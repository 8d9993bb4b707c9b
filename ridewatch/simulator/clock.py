"""Pickup times by hour of the week."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from ridewatch.simulator.facts import Facts, Numbers, facts

Times = NDArray[np.datetime64]

BAND_STARTS = (6, 10, 16, 20)
"""Night, morning, midday, afternoon, evening: from midnight and from these hours."""
BANDS = 10
"""Five on weekdays, then five at weekends."""
_MONDAY = np.datetime64("1970-01-05", "D")
_SECONDS = 3600


def draw_pickups(start: date, days: int, rows: int, rng: np.random.Generator) -> Times:
    """Draw pickup times in these days, sorted, whole seconds; days differ in how busy they are."""
    hours = np.datetime64(start, "h") + np.arange(days * 24)
    weekday, hour = weekday_of(hours), hour_of(hours)
    busy = np.repeat(np.exp(rng.normal(0, _luck(facts()), days)), 24)
    weight = facts().hours["rides"][weekday, hour] * busy
    drawn = np.repeat(hours, rng.multinomial(rows, weight / weight.sum()))
    times = drawn.astype("datetime64[s]") + rng.integers(0, _SECONDS, rows)
    pickups: Times = np.sort(times).astype("datetime64[us]")
    return pickups


def _luck(known: Facts) -> float:
    return float(known.more["day_luck"]["rides"])


def weekday_of(times: Times) -> Numbers:
    """Weekdays, Monday 0."""
    days: Numbers = (times.astype("datetime64[D]") - _MONDAY).astype(np.int64)
    return days % 7


def hour_of(times: Times) -> Numbers:
    """Hours of the day, 0 to 23."""
    hours: Numbers = (times - times.astype("datetime64[D]")).astype("timedelta64[h]").astype(np.int64)
    return hours


def band_of(times: Times) -> Numbers:
    """Bands of hours, 0 to 9."""
    return np.digitize(hour_of(times), BAND_STARTS) + 5 * (weekday_of(times) >= 5)  # noqa: PLR2004 - Saturday
