"""Checks: what a sound ride never shows: 1 for a ride that shows it, 0 for one that does not, -1 if nobody can tell."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.profile import DeclaredCheck
from rides.flags import FARTHEST, FLAGS
from rides.zones import UNKNOWN, borough

Numbers = NDArray[np.float64]
Verdicts = NDArray[np.int8]

MOST_PASSENGERS: Final = 6
LONGEST_MINUTES: Final = 180.0
FASTEST, SLOWEST = 70.0, 1.0
"""Miles per hour, averaged over a ride."""
MOVED: Final = 0.3
"""Miles; a shorter ride may stand in traffic for all of its time."""
MINUTES_AN_HOUR: Final = 60
DAY, MONTH = 86_400.0, 31 * 86_400.0

CHECKS: Final = (
    DeclaredCheck(name="implausible_distance", meaning=f"distance over {FARTHEST:.0f} miles"),
    DeclaredCheck(name="no_distance_between_zones", meaning="distance zero, yet from one zone to another"),
    DeclaredCheck(name="implausible_passengers", meaning=f"no passenger, or more than {MOST_PASSENGERS}"),
    DeclaredCheck(name="unknown_zone", meaning="a zone outside of the city or not known"),
    DeclaredCheck(name="implausible_duration", meaning="actual under a minute or over three hours"),
    DeclaredCheck(
        name="implausible_speed",
        meaning=f"average speed, once the actual is known, over {FASTEST:.0f} or under {SLOWEST:.0f} miles an hour",
    ),
    DeclaredCheck(name="wrong_date", meaning="pickup long before the training data, or a day or more in the future"),
    *(DeclaredCheck(name=flag, meaning=flag.replace("_", " "), kind="flag") for flag in FLAGS),
    DeclaredCheck(name="fallback", meaning="answered by the fallback", kind="fallback"),
)


class Moments(NamedTuple):
    """Seconds since 1970 of each ride's pickup and of its prediction, NaN if not known, and of the training's start."""

    pickup: Numbers
    predicted: Numbers
    training_start: float


def checks_of(columns: Mapping[str, Numbers], moments: Moments) -> dict[str, Verdicts]:
    """Check rides by their zones, distance, passengers and actual, each a column of numbers, NaN where missing."""
    distance, passengers = columns["distance"], columns["passengers"]
    pickup, dropoff, actual = columns["pickup_zone"], columns["dropoff_zone"], columns["actual"]
    hours = np.where(actual > 0, actual, np.nan) / MINUTES_AN_HOUR
    slow = (distance < SLOWEST * hours) & (distance > MOVED)
    late = moments.pickup - moments.predicted
    return {
        "implausible_distance": _verdict(distance > FARTHEST, distance),
        "no_distance_between_zones": _verdict((distance == 0) & (pickup != dropoff), distance, pickup, dropoff),
        "implausible_passengers": _verdict((passengers < 1) | (passengers > MOST_PASSENGERS), passengers),
        "unknown_zone": _verdict(_unknown(pickup) | _unknown(dropoff), pickup, dropoff),
        "implausible_duration": _verdict((actual < 1) | (actual > LONGEST_MINUTES), actual),
        "implausible_speed": _verdict((distance > FASTEST * hours) | slow, distance, hours),
        "wrong_date": _verdict((late > DAY) | (moments.pickup < moments.training_start - MONTH), moments.pickup),
    }


def served_checks(flags: Sequence[Sequence[str]], served_by: Sequence[str]) -> dict[str, Verdicts]:
    """Say which flags each prediction carries, and whether the fallback answered."""
    carried = {flag: np.array([flag in some for some in flags], dtype=np.int8) for flag in FLAGS}
    return carried | {"fallback": np.array([who == "fallback" for who in served_by], dtype=np.int8)}


def _verdict(broken: NDArray[np.bool_], *known: NDArray[Any]) -> Verdicts:
    told = ~np.any([np.isnan(values) for values in known], axis=0)
    verdicts: Verdicts = np.where(told, broken, -1).astype(np.int8)
    return verdicts


def _unknown(zones: Numbers) -> NDArray[np.bool_]:
    nowhere = [zone for zone in range(266) if borough(zone) == UNKNOWN]
    found: NDArray[np.bool_] = np.isin(zones, nowhere)
    return found
