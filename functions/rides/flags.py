"""Flags: what is odd about a ride, though it is valid. Those that need no training are judged here."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rides.zones import UNKNOWN

FLAGS: Final = {
    "zero_between_zones": "the distance is zero, and the zones differ",
    "zero_distance": "the distance is zero",
    "absurd_distance": "the distance is longer than 100 miles",
    "unknown_zone": "a zone is none of the city's",
    "unseen_distance": "the distance is shorter or longer than any that the model learnt from",
    "unseen_zones": "the model knows no ride between the pickup zone and the drop-off's borough, nor the reverse",
    "odd_distance": "the distance is far from what rides between these zones have",
}
"""Every flag and its meaning, in the order in which a prediction carries them."""
FARTHEST: Final = 100.0
"""Miles; no two zones are that far apart by any road."""


def flags_of(features: Mapping[str, Any]) -> Iterator[str]:
    """Name what is odd about a ride of these features, whatever was learnt from."""
    distance = features["distance"]
    if distance == 0 and features["pickup_zone"] != features["dropoff_zone"]:
        yield "zero_between_zones"
    if distance == 0:
        yield "zero_distance"
    if distance > FARTHEST:
        yield "absurd_distance"
    if UNKNOWN in {features["pickup_borough"], features["dropoff_borough"]}:
        yield "unknown_zone"
