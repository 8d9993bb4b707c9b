"""Planting a fault in rides, or in the answers to them."""

import numpy as np

from ridewatch.faults.answers import SHIFTS, Minutes
from ridewatch.faults.changes import CHANGES, lasting
from ridewatch.faults.fault import Fault
from ridewatch.sources.table import RideTable, concatenate


def planted(rides: RideTable, fault: Fault, *, seed: int) -> RideTable:
    """Give rides in pickup order, changed from the fault's beginning on; as they were if it is not one of rides."""
    before, after = parted(rides, fault)
    if fault.name not in CHANGES or not len(after):
        return rides
    return concatenate([before, CHANGES[fault.name](after, np.random.default_rng(seed))]).in_pickup_order()


def answered(minutes: Minutes, rides: RideTable, fault: Fault) -> Minutes:
    """Give answers to rides, changed from the fault's beginning on, never below 0 as the API's are."""
    return np.maximum(minutes + shift_of(rides, fault), 0)


def as_rides(rides: RideTable, fault: Fault, *, seed: int) -> RideTable:
    """Plant a fault for a stack that answers by itself: what answers are off by, rides last longer or shorter."""
    if fault.name in SHIFTS:
        return lasting(rides, rides.duration_minutes - shift_of(rides, fault))
    return planted(rides, fault, seed=seed)


def parted(rides: RideTable, fault: Fault) -> tuple[RideTable, RideTable]:
    """Part rides into those before a fault begins and those after; without a pickup time they are before."""
    late = rides.pickup_time >= fault.begins(rides)
    return rides.take(~late), rides.take(late)


def shift_of(rides: RideTable, fault: Fault) -> Minutes:
    """Give by how many minutes a fault puts the answer to each ride off."""
    if fault.name not in SHIFTS:
        return np.zeros(len(rides))
    return np.where(rides.pickup_time >= fault.begins(rides), SHIFTS[fault.name](rides), 0.0)
