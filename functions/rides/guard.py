"""The guard: what is odd about a ride against those that the model learnt from, and who answers it then."""

from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import Any, Final

from contracts.events import ServedBy
from contracts.guard import GuardStatistics, Place
from rides.flags import FARTHEST

Features = Mapping[str, Any]

FARTHEST_COUNTED: Final = 2.0
"""In spreads: one odd distance says no more of rides together than this."""


class Guard:
    """Stands before one model."""

    def __init__(self, statistics: GuardStatistics) -> None:
        self._shortest, self._longest = statistics.distance_range
        self._known = {between[:2] for between in statistics.distances}
        self._usual = {
            between[:2]: (between.log_miles, between.spread)
            for between in statistics.distances
            if between.rides >= statistics.least_rides
        }
        self._odd_beyond = statistics.odd_beyond
        self._to_fallback = {
            flag for flag, decision in statistics.decisions.items() if decision.served_by == "fallback"
        }

    def flags(self, features: Features) -> Iterator[str]:
        """Name what is odd about a ride; a distance that cannot be true is flagged as such already."""
        possible = 0 < features["distance"] <= FARTHEST
        if possible and not self._shortest <= features["distance"] <= self._longest:
            yield "unseen_distance"
        if self._known.isdisjoint(_neighbourhoods(features)):
            yield "unseen_zones"
        if possible and self.oddness(features) > self._odd_beyond:
            yield "odd_distance"

    def oddness(self, features: Features) -> float:
        """Tell how many spreads a ride's log distance is from the usual between its zones; 0 if that is unknown."""
        return abs(self.deviation(features) or 0.0)

    def deviation(self, features: Features) -> float | None:
        """Tell how many spreads above the usual between its zones a ride's log distance is, as closely as is known."""
        usual = self._usual.get(_zones(features))
        usual = usual or next(filter(None, map(self._usual.get, _neighbourhoods(features))), None)
        return (log(features["distance"]) - usual[0]) / usual[1] if usual else None

    def relative_distance(self, features: Features) -> float | None:
        """Give the deviation as rides are compared by it: no more than FARTHEST_COUNTED either way; None if unknown."""
        deviation = self.deviation(features) if 0 < features["distance"] <= FARTHEST else None
        return None if deviation is None else max(-FARTHEST_COUNTED, min(deviation, FARTHEST_COUNTED))

    def served_by(self, flags: Iterable[str]) -> ServedBy:
        """Say who answers a ride of these flags."""
        return "champion" if self._to_fallback.isdisjoint(flags) else "fallback"


def _zones(features: Features) -> tuple[Place, Place]:
    """Give both zones, the lower number first: as far it is one way as the other."""
    pickup, dropoff = features["pickup_zone"], features["dropoff_zone"]
    return (pickup, dropoff) if pickup <= dropoff else (dropoff, pickup)


def _neighbourhoods(features: Features) -> tuple[tuple[Place, Place], ...]:
    """Give each zone with the other's borough."""
    return (
        (features["pickup_zone"], features["dropoff_borough"]),
        (features["dropoff_zone"], features["pickup_borough"]),
    )
