"""Vendor, passengers and payment, as often as they were."""

from collections.abc import Mapping

import numpy as np

from ridewatch.simulator.facts import Floats, Numbers, facts


def draw_vendors(rows: int, rng: np.random.Generator) -> Numbers:
    """Draw vendors."""
    return _draw(facts().more["vendors"], rows, rng)


def draw_payments(rows: int, rng: np.random.Generator) -> Numbers:
    """Draw payment types."""
    return _draw(facts().more["payment_types"], rows, rng)


def draw_passengers(vendor: Numbers, rng: np.random.Generator) -> Floats:
    """Draw passengers: some vendors' taxis are vans."""
    passengers = np.empty(len(vendor))
    for name, shares in facts().more["passengers"].items():
        rows = np.flatnonzero(vendor == int(name))
        passengers[rows] = _draw(shares, len(rows), rng)
    return passengers


def _draw(shares: Mapping[str, float], rows: int, rng: np.random.Generator) -> Numbers:
    weights = np.array(list(shares.values()))
    return rng.choice(np.array([int(value) for value in shares]), size=rows, p=weights / weights.sum())
