"""The fallback: the median minutes of rides alike by distance, hour and boroughs; coarser where such rides were few."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from contracts.fallback import FallbackTable
from rides.flags import FARTHEST

DEFAULT_TABLE: Final = Path(__file__).with_name("default_fallback.json")
"""Made by `python -m ridewatch.training.default_fallback`."""

Key = tuple[int | None, int | None, str | None, str | None]
"""Distance band, hour band, pickup and drop-off borough; None is any."""


class Fallback:
    """The rule that answers where the model should not or cannot."""

    def __init__(self, table: FallbackTable) -> None:
        self._edges = table.distance_edges
        self._hours_a_band = table.hours_a_band
        self._minutes: dict[Key, float] = {cell[:4]: cell.minutes for cell in table.cells}

    def minutes(self, features: Mapping[str, Any]) -> float:
        """Give the minutes of a ride, from its features."""
        for key in self._keys(features):
            if key in self._minutes:
                break
        return self._minutes[key]

    def _keys(self, features: Mapping[str, Any]) -> Iterator[Key]:
        """Give what a ride is like, the closest likeness first; a distance that cannot be true is like none."""
        hours = features["hour"] // self._hours_a_band
        boroughs = features["pickup_borough"], features["dropoff_borough"]
        if 0 < features["distance"] <= FARTHEST:
            band = bisect_right(self._edges, features["distance"])
            yield band, hours, *boroughs
            yield band, hours, None, None
            yield band, None, None, None
        yield None, hours, *boroughs
        yield None, None, *boroughs
        yield None, None, None, None


@cache
def default_fallback() -> Fallback:
    """Give the fallback that ships with the code, for when no model was ever loaded."""
    return Fallback(FallbackTable.model_validate_json(DEFAULT_TABLE.read_bytes()))
