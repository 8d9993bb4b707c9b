"""The guard's statistics: what is usual of the rides that are learnt from."""

from collections.abc import Callable, Iterator
from typing import Self

import numpy as np
from numpy.typing import NDArray

from contracts.guard import DistancesBetween, GuardStatistics, Place
from rides.guard import Guard
from ridewatch.training.columns import BOROUGH_OF_ZONE, BOROUGHS, Matrix, ride_features
from ridewatch.training.contenders import FEATURES
from ridewatch.training.grouping import medians_of

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]

LEAST_RIDES = 5
LEAST_SPREAD = 0.15
"""Of log miles: rides between two zones differ by a seventh for where in the zones they begin and end."""
TO_NORMAL = 1.4826
"""From a median absolute deviation to a normal distribution's standard deviation (Rousseeuw and Croux 1993)."""
MOST_PAIRS = 5_000
"""Of zones, those with the most rides: the artifact stays small however many rides are learnt from."""
DISTANCE = FEATURES.index("distance")
PLACES = 1_000
"""More than there are zones."""


class Watch:
    """A guard that learns as a regressor does, and tells how far each ride's distance is from the usual."""

    statistics: GuardStatistics

    def fit(self, matrix: Matrix, _minutes: Numbers) -> Self:
        """Learn the statistics of the matrix of FEATURES."""
        self.statistics = statistics_of(matrix)
        return self

    def predict(self, matrix: Matrix) -> Numbers:
        """Give the deviation of each ride; NaN where its distance is zero, or what is usual not known."""
        guard = Guard(self.statistics)
        told = (guard.deviation(ride) if ride["distance"] > 0 else None for ride in ride_features(matrix))
        return np.array([np.nan if deviation is None else deviation for deviation in told])


def statistics_of(matrix: Matrix) -> GuardStatistics:
    """Learn what is usual of rides, from the matrix of FEATURES; what is odd, and who answers then, is not decided."""
    distance = matrix[:, DISTANCE].astype(float)
    return GuardStatistics(
        distance_range=(round(distance.min(), 4), round(distance.max(), 4)),
        distances=(*_between_zones(matrix, np.log(distance)), *_around_zones(matrix, np.log(distance))),
        least_rides=LEAST_RIDES,
        odd_beyond=0.0,
        decisions={},
    )


def _between_zones(matrix: Matrix, log_miles: Numbers) -> Iterator[DistancesBetween]:
    zones = matrix[:, :2].astype(int)
    codes = zones.min(axis=1) * PLACES + zones.max(axis=1)
    return _distances(codes, log_miles, LEAST_RIDES, lambda one, other: (one, other))


def _around_zones(matrix: Matrix, log_miles: Numbers) -> Iterator[DistancesBetween]:
    """Take each ride for both its zones, once if they are as one to it."""
    zones = matrix[:, :2].astype(int)
    out, back = (zones * PLACES + BOROUGH_OF_ZONE[zones[:, ::-1]]).T
    twice = out != back
    codes, both = np.concatenate([out, back[twice]]), np.concatenate([log_miles, log_miles[twice]])
    return _distances(codes, both, 1, lambda zone, borough: (zone, BOROUGHS[borough]))


def _distances(
    codes: Codes, log_miles: Numbers, least: int, places: Callable[[int, int], tuple[Place, Place]]
) -> Iterator[DistancesBetween]:
    """Give the usual distance of each code that has enough rides."""
    usual = medians_of(codes, log_miles)
    spreads = TO_NORMAL * medians_of(codes, np.abs(log_miles - usual.medians[usual.group])).medians
    most = np.argsort(-usual.counts, kind="stable")[:MOST_PAIRS]
    for group in most[usual.counts[most] >= least].tolist():
        one, other = places(*divmod(int(usual.codes[group]), PLACES))
        spread = max(round(float(spreads[group]), 3), LEAST_SPREAD)
        yield DistancesBetween(one, other, round(float(usual.medians[group]), 3), spread, int(usual.counts[group]))
