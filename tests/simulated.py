"""Simulated rides, few enough for a unit test."""

from ridewatch.sources.load import load


def simulated(rows=1500, seed=1):
    """Give rides of two weeks."""
    return load(f"simulated?start=2019-01-07&days=14&rows={rows}", seed=seed)
