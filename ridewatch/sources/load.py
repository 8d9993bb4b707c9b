"""The one door to rides: `load(SOURCE)`."""

from pathlib import Path

from ridewatch.simulator.order import Order, is_simulated
from ridewatch.simulator.simulate import simulate
from ridewatch.sources.archive import Archive, is_archived
from ridewatch.sources.errors import UnknownSourceError
from ridewatch.sources.files import read_path
from ridewatch.sources.table import RideTable

SOURCES = (
    "a TLC .parquet or .csv file, a folder of them, tlc:green/2021-01 (downloaded), or simulated[:scenario]"
    "[?start=2019-03-01&days=31&rows=20000&from=2019-03-16]"
)


def load(
    source: str, *, seed: int = 0, limit: int | None = None, first: int | None = None, archive: Archive | None = None
) -> RideTable:
    """Load the rides of a SOURCE in pickup order. Raises SourceError.

    limit  a uniform sample of so many rides, by seed: a month stays a month, thinner
    first  then the earliest so many rides: a replay's beginning, as dense as it was
    """
    rides = _rides(source, seed, limit, archive)
    if limit is not None:
        rides = rides.sample(limit, seed=seed)
    return rides.in_pickup_order().take(slice(first))


def _rides(source: str, seed: int, limit: int | None, archive: Archive | None) -> RideTable:
    if is_simulated(source):
        return simulate(Order.parse(source, rows=limit), seed=seed)
    if is_archived(source):
        return read_path((archive or Archive()).fetch(source))
    path = Path(source).expanduser()
    if not path.exists():
        message = f"{source!r} is no source of rides, and there is no such file. A source is {SOURCES}."
        raise UnknownSourceError(message)
    return read_path(path)
