"""Flags: what is odd about a ride, though it is valid."""

from collections.abc import Iterator
from typing import Final

from contracts.events import KnownRide
from rides.zones import UNKNOWN, borough

FLAGS: Final = ("zero_distance", "absurd_distance", "unknown_zone")
FARTHEST: Final = 100.0
"""Miles; no two zones are that far apart by any road."""


def flags_of(ride: KnownRide) -> tuple[str, ...]:
    """Name what is odd about a ride."""
    return tuple(_flags(ride))


def _flags(ride: KnownRide) -> Iterator[str]:
    if ride.distance == 0:
        yield "zero_distance"
    if ride.distance > FARTHEST:
        yield "absurd_distance"
    if UNKNOWN in (borough(ride.pickup_zone), borough(ride.dropoff_zone)):
        yield "unknown_zone"
