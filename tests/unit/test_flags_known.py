from datetime import UTC, datetime

from contracts.events import KnownRide
from rides.flags import FLAGS, flags_of

NOON = datetime(2019, 3, 1, 12, tzinfo=UTC)


def test_every_flag_is_listed():
    """Whoever counts by flag knows all of them beforehand."""
    odd = [
        KnownRide(ride_id="r", pickup_zone=zone, dropoff_zone=10, distance=distance, pickup_time=NOON)
        for zone, distance in ((10, 0.0), (10, 900.0), (264, 3.0))
    ]
    assert {flag for ride in odd for flag in flags_of(ride)} == set(FLAGS)
