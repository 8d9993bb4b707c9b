"""What has happened to the world, or to the data: a list that grows.

A scenario is a function from rides to rides. Write it, decorate it with a sentence for the help text, done.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from ridewatch.simulator.clock import hour_of
from ridewatch.simulator.dirt import nulled
from ridewatch.simulator.facts import Floats, facts
from ridewatch.sources.table import RideTable

Change = Callable[[RideTable, np.random.Generator], RideTable]


@dataclass(frozen=True)
class Scenario:
    """A named change of rides."""

    name: str
    sentence: str
    apply: Change
    share: float = 1.0
    """About how many of the rides it leaves."""


SCENARIOS: Final[dict[str, Scenario]] = {}


def scenario(sentence: str, *, share: float = 1.0) -> Callable[[Change], Scenario]:
    """Enter a function into the list under its own name."""

    def enter(change: Change) -> Scenario:
        return SCENARIOS.setdefault(change.__name__, Scenario(change.__name__, sentence, change, share))

    return enter


@scenario("Nothing happens: rides as in New York in the first months of 2019.")
def baseline(rides: RideTable, _: np.random.Generator) -> RideTable:
    """Leave the rides as they are."""
    return rides


@scenario("The streets are emptied, as in April 2020: 3 % of the rides, other hours and zones, faster.", share=0.031)
def lockdown(rides: RideTable, rng: np.random.Generator) -> RideTable:
    """Keep the rides that April 2020 would have seen, and drive them at its pace."""
    then = facts().more["lockdown"]
    kept = rides.take(rng.random(len(rides)) < _kept(rides, then))
    pace = np.array(then["minutes"])[hour_of(kept.pickup_time)]
    driven = replace(kept, dropoff_time=kept.pickup_time + (kept.dropoff_time - kept.pickup_time) * pace)
    return nulled(driven, then["null_share"], rng)


def _kept(rides: RideTable, then: Any) -> Floats:
    """Give each ride its chance to be among those of then."""
    hours, pickup, dropoff = (np.array(then[name]) for name in ("hours", "pickup", "dropoff"))
    weight = hours[hour_of(rides.pickup_time)] * pickup[rides.pickup_zone] * dropoff[rides.dropoff_zone]
    chance: Floats = np.minimum(1, then["rides"] * weight / weight.mean()) if len(rides) else weight
    return chance
