"""Which window `ridewatch report` means when none is given."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ridewatch.memory.hours import MemoryHours
from ridewatch.report import NothingToReport, newest_complete_window
from tests.fakes.mongodb import FakeMongo

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 1, 2, 18, 30, tzinfo=UTC)


def window(*hours):
    """The window, where there are rides in these hours."""
    found = MemoryHours(FakeMongo())
    found.touch([("v1", hour) for hour in hours], NOW)
    return newest_complete_window(found, "v1", ZONE, NOW)


def test_it_is_the_newest_complete_day_with_rides():
    found = window(datetime(2019, 3, 6, 7, tzinfo=UTC), datetime(2019, 3, 4, 7, tzinfo=UTC))
    assert (found.kind, found.start, found.end) == (
        "day",
        datetime(2019, 3, 6, 5, tzinfo=UTC),
        datetime(2019, 3, 7, 5, tzinfo=UTC),
    )


def test_todays_rides_do_not_hide_an_earlier_complete_day():
    assert window(datetime(2019, 3, 6, 7, tzinfo=UTC), NOW.replace(minute=0)).start.year == 2019


def test_without_a_complete_day_it_is_the_newest_complete_hour():
    found = window(NOW.replace(hour=16, minute=0), NOW.replace(hour=18, minute=0))
    assert (found.kind, found.start.hour, found.end.hour) == ("hour", 16, 17)


def test_without_a_complete_hour_there_is_nothing():
    with pytest.raises(NothingToReport, match="replay"):
        window(NOW.replace(minute=0))
