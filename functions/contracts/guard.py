"""What the guard knows of the rides that a model learnt from, and what it decided on their errors."""

from typing import Literal, NamedTuple

from contracts.base import SCHEMA_VERSION, Contract
from contracts.events import ServedBy

Place = int | str
"""A zone's number, or a borough's name."""


class DistancesBetween(NamedTuple):
    """The distances of rides between two places, either way."""

    one: Place
    other: Place
    """Of two zones, the higher number; of a zone and a borough, the borough."""
    log_miles: float
    """The median of the logarithm of miles."""
    spread: float
    """Its median absolute deviation, scaled to a standard deviation, or the table's least."""
    rides: int


class Decision(Contract):
    """Who answers the rides of a flag: the fallback, where it was no worse on rides that neither had learnt from."""

    served_by: ServedBy
    rides: int
    """Rides that were judged; of flags without any, the model answers."""
    model_mae: float | None = None
    fallback_mae: float | None = None
    made: bool = False
    """Whether other rides were given the flag's flaw, because too few had it."""


class GuardStatistics(Contract):
    """The artifact `guard` of a model version: `models/<version>/guard.json`."""

    schema_version: Literal[1] = SCHEMA_VERSION
    distance_range: tuple[float, float]
    """Miles of the shortest and the longest ride that the model learnt from."""
    distances: tuple[DistancesBetween, ...]
    """Between zones where there were enough rides, between a zone and a borough whenever there was one."""
    least_rides: int
    """A ride's distance is held against that of so many rides or more."""
    odd_beyond: float
    """A score above this is odd."""
    decisions: dict[str, Decision]
    """By flag."""
