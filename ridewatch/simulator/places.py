"""Zone pairs and miles: where rides go, and how far that is.

A doubly constrained gravity model (Wilson 1967): the share of a pair is a factor of its pickup zone, one of its
drop-off zone and one of its class of distance, balanced until all three have their measured shares; then pairs that
are more or less frequent than that take their measured lift.
"""

from functools import cache

import numpy as np

from ridewatch.simulator.facts import UNKNOWN_FROM, ZONES, Facts, Floats, Numbers, facts
from ridewatch.simulator.luck import draw_luck

DISTANCE_EDGES = (0.7, 1.0, 1.4, 1.8, 2.4, 3.2, 4.5, 6.0, 8.0, 10.0, 13.0, 17.0, 22.0)
"""Miles between classes of distance."""
SAME, FROM_UNKNOWN, TO_UNKNOWN, BOTH_UNKNOWN = (len(DISTANCE_EDGES) + extra for extra in (1, 2, 3, 4))
CLASSES = BOTH_UNKNOWN + 1
_ROUNDS = 40


def draw_pairs(band: Numbers, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Draw pickup and drop-off zones of rides in these bands of hours."""
    cells = np.empty(len(band), dtype=np.int64)
    for number in np.unique(band):
        rows = np.flatnonzero(band == number)
        cumulated = _cumulated(int(number))
        cells[rows] = np.searchsorted(cumulated, rng.random(len(rows)) * cumulated[-1], side="right")
    return cells // ZONES, cells % ZONES


def draw_miles(pickup: Numbers, dropoff: Numbers, rng: np.random.Generator) -> Floats:
    """Draw the metered miles of rides between these zones."""
    usual = usual_miles()[pickup, dropoff]
    group = spread_group(pickup, dropoff, usual)
    miles: Floats = usual * np.exp(draw_luck(np.array(facts().more["miles_spread"]), group, rng))
    return miles


@cache
def usual_miles() -> Floats:
    """Median miles from zone to zone."""
    return map_miles(facts().zones) * facts().pairs["miles"]


def map_miles(zones: dict[str, Floats]) -> Floats:
    """Miles from zone to zone on the fitted map, where a zone is as far from itself as it is wide."""
    east, north = (zones[axis][:, None] - zones[axis][None, :] for axis in ("x", "y"))
    return np.sqrt(east**2 + north**2 + zones["radius"][:, None] * zones["radius"][None, :])


def spread_group(pickup: Numbers, dropoff: Numbers, usual: Floats) -> Numbers:
    """Group rides by how the miles spread around the usual: four of distance, same zone, unknown zone."""
    group = np.digitize(usual, (1.5, 3.0, 8.0))
    group[pickup == dropoff] = 4
    group[(pickup >= UNKNOWN_FROM) | (dropoff >= UNKNOWN_FROM)] = 5
    return group


def distance_class(miles: Floats) -> Numbers:
    """Class each cell of a zone × zone table of miles."""
    classes = np.digitize(miles, DISTANCE_EDGES)
    np.fill_diagonal(classes, SAME)
    classes[UNKNOWN_FROM:] = FROM_UNKNOWN
    classes[:, UNKNOWN_FROM:] = TO_UNKNOWN
    classes[UNKNOWN_FROM:, UNKNOWN_FROM:] = BOTH_UNKNOWN
    return classes


def gravity(pickup: Floats, dropoff: Floats, classes: Numbers, class_shares: Floats, start: Floats) -> Floats:
    """Balance zone × zone shares until zones and classes of distance have theirs (iterative proportional fitting)."""
    shares = start * pickup[:, None] * dropoff[None, :]
    for _ in range(_ROUNDS):
        shares *= _wanted(class_shares, _by_class(shares, classes))[classes]
        shares *= _wanted(dropoff, shares.sum(axis=0))[None, :]
        shares *= _wanted(pickup, shares.sum(axis=1))[:, None]
    return shares


def _by_class(shares: Floats, classes: Numbers) -> Floats:
    return np.bincount(classes.ravel(), shares.ravel(), CLASSES).astype(np.float64)


def _wanted(target: Floats, now: Floats) -> Floats:
    return np.divide(target, now, out=np.zeros_like(target), where=now > 0)


@cache
def _shares() -> Floats:
    return balanced(facts(), usual_miles())


def balanced(known: Facts, miles: Floats) -> Floats:
    """Give the share of every pair of zones, all hours together."""
    class_shares = np.array(known.more["distance_class_shares"])
    ends = (known.zones["pickup"], known.zones["dropoff"])
    return gravity(*ends, distance_class(miles), class_shares, known.pairs["lift"])


@cache
def _cumulated(band: int) -> Floats:
    at_pickup, at_dropoff = (facts().bands[end][band] for end in ("pickup", "dropoff"))
    weights: Floats = _shares() * at_pickup[:, None] * at_dropoff[None, :]
    return weights.ravel().cumsum()
