"""From an order to rides."""

import numpy as np

from ridewatch.simulator.clock import Times, band_of, draw_pickups
from ridewatch.simulator.dirt import soil
from ridewatch.simulator.facts import Floats, Numbers
from ridewatch.simulator.labels import draw_passengers, draw_payments, draw_vendors
from ridewatch.simulator.order import Order
from ridewatch.simulator.pace import draw_minutes
from ridewatch.simulator.places import draw_miles, draw_pairs
from ridewatch.sources.table import RideTable, concatenate

_TENTHS = 1
"""The vendor whose meters show tenths of a mile; the others show hundredths."""


def simulate(order: Order, *, seed: int) -> RideTable:
    """Simulate the rides of an order, in pickup order; the same seed and order give the same rides."""
    place = [seed, order.start.toordinal(), order.days, order.rows]
    world, scenario = np.random.default_rng(place).spawn(2)
    rides = soil(_sound_rides(order, world), world)
    before, after = _split(rides, order)
    return concatenate([before, order.scenario.apply(after, scenario)]).in_pickup_order()


def _sound_rides(order: Order, rng: np.random.Generator) -> RideTable:
    times = draw_pickups(order.start, order.days, order.rows, rng)
    pickup, dropoff = draw_pairs(band_of(times), rng)
    vendor = draw_vendors(len(times), rng)
    miles = _as_shown(draw_miles(pickup, dropoff, rng), vendor)
    return RideTable(
        pickup_zone=pickup.astype(np.int32),
        dropoff_zone=dropoff.astype(np.int32),
        distance=miles,
        pickup_time=times,
        dropoff_time=_dropoffs(times, draw_minutes(pickup, dropoff, miles, times, rng)),
        passengers=draw_passengers(vendor, rng),
        vendor=vendor.astype(np.int32),
        payment_type=draw_payments(len(times), rng).astype(np.int32),
    )


def _as_shown(miles: Floats, vendor: Numbers) -> Floats:
    return np.maximum(np.where(vendor == _TENTHS, miles.round(1), miles.round(2)), 0.01)


def _dropoffs(times: Times, minutes: Floats) -> Times:
    dropoffs: Times = times + np.maximum(minutes * 60, 1).round().astype("timedelta64[s]")
    return dropoffs


def _split(rides: RideTable, order: Order) -> tuple[RideTable, RideTable]:
    """Before the scenario's first day, and from it on."""
    onset = np.datetime64(order.onset or order.start, "us")
    early = rides.pickup_time < onset if order.onset else np.zeros(len(rides), dtype=bool)
    return rides.take(early), rides.take(~early)
