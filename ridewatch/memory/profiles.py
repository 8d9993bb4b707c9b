"""`Profiles` in memory."""

from collections.abc import Iterator
from datetime import datetime

from contracts.hourly import HourlyProfile, HourVolume
from contracts.joining import HourMark
from contracts.window import Window
from ridewatch.memory.database import MemoryDatabase

HOURS = "profiles.hour"


class MemoryProfiles:
    """Hours as they had settled."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def position(self, model_version: str) -> datetime | None:
        """Tell up to which moment every hour of a version has settled."""
        found = self._database["positions"].get(model_version)
        return found["settled_until"] if found else None

    def advance(self, model_version: str, settled_until: datetime) -> None:
        """Note that every hour of a version has settled up to a moment; never back."""
        known = self.position(model_version) or settled_until
        self._database["positions"][model_version] = {"settled_until": max(known, settled_until)}

    def of(self, mark: HourMark) -> HourlyProfile | None:
        """Find the profile of an hour."""
        found = self._database["profiles"].get(_id(mark))
        return found["hourly"] if found else None

    def window(self, model_version: str, window: Window) -> list[HourlyProfile]:
        """Give the hours of a version that a window holds, in order."""
        inside = self._between(window.start, window.end)
        return [hourly for hourly in inside if hourly.mark.model_version == model_version]

    def volumes(self, start: datetime, end: datetime, model_version: str | None = None) -> list[HourVolume]:
        """Count the settled rows in each hour of a span, of one version or of every one."""
        found = [hourly for hourly in self._between(start, end) if model_version in {None, hourly.mark.model_version}]
        return [HourVolume(hourly.mark, hourly.rows, hourly.newest_stored) for hourly in found]

    def replace(self, known: HourlyProfile | None, hourly: HourlyProfile) -> bool:
        """Put an hour in the place of what was known of it; tell whether that still stood."""
        with self._database.lock:
            there = self.of(hourly.mark)
            if (there and there.settled_until) != (known and known.settled_until):
                return False
            self._database["profiles"][_id(hourly.mark)] = {"hourly": hourly}
            self._database.enter(HOURS, (hourly.mark.hour, hourly.mark.model_version))
            return True

    def _between(self, start: datetime, end: datetime) -> Iterator[HourlyProfile]:
        for hour, version in self._database.entered(HOURS, (start,), (end,)):
            yield self._database["profiles"][_id(HourMark(version, hour))]["hourly"]


def _id(mark: HourMark) -> str:
    return f"{mark.model_version}|{mark.hour.isoformat()}"
