"""Rides of a table as the process knows them."""

from datetime import UTC, datetime

from contracts.events import KnownRide
from contracts.ride import NEW_YORK
from ridewatch.sources.table import RideTable


def ride(**fields) -> KnownRide:
    """Give a plain ride, but for these fields."""
    plain = {
        "ride_id": "r",
        "pickup_zone": 161,
        "dropoff_zone": 132,
        "distance": 17.5,
        "pickup_time": datetime(2019, 3, 1, 4, 30, tzinfo=UTC),
    }
    return KnownRide(**plain | fields)


def known(table: RideTable) -> list[KnownRide]:
    """Give each ride with an id, its pickup time New York's."""
    return [_known(table, row) for row in range(len(table))]


def _known(table: RideTable, row: int) -> KnownRide:
    ride = table.ride(row)
    ride["pickup_time"] = datetime.fromisoformat(ride["pickup_time"]).replace(tzinfo=NEW_YORK)
    return KnownRide(ride_id=f"r{row}", **ride)
