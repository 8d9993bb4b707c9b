"""`Profiles` in memory: the contract tests hold it to what the real one does."""

from collections.abc import Iterator
from datetime import datetime

from contracts.hourly import HourlyProfile, HourVolume
from contracts.joining import HourMark
from tests.fakes.mongodb import FakeMongo


class FakeProfiles:
    """`Profiles` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def position(self, model_version: str) -> datetime | None:
        """As the real one."""
        found = self._database["positions"].get(model_version)
        return found["settled_until"] if found else None

    def advance(self, model_version: str, settled_until: datetime) -> None:
        """As the real one."""
        known = self.position(model_version) or settled_until
        self._database["positions"][model_version] = {"settled_until": max(known, settled_until)}

    def of(self, mark: HourMark) -> HourlyProfile | None:
        """As the real one."""
        found = self._database["profiles"].get(mark)
        return found["hourly"] if found else None

    def window(self, model_version: str, window) -> list[HourlyProfile]:
        """As the real one."""
        inside = self._between(window.start, window.end)
        return [hourly for hourly in inside if hourly.mark.model_version == model_version]

    def volumes(self, start: datetime, end: datetime, model_version: str | None = None) -> list[HourVolume]:
        """As the real one."""
        found = [hourly for hourly in self._between(start, end) if model_version in (None, hourly.mark.model_version)]
        return [HourVolume(hourly.mark, hourly.rows, hourly.newest_stored) for hourly in found]

    def replace(self, known: HourlyProfile | None, hourly: HourlyProfile) -> bool:
        """As the real one."""
        with self._database.lock:
            there = self.of(hourly.mark)
            if (there and there.settled_until) != (known and known.settled_until):
                return False
            self._database["profiles"][hourly.mark] = {"hourly": hourly}
            return True

    def _between(self, start: datetime, end: datetime) -> Iterator[HourlyProfile]:
        marks = sorted(self._database["profiles"])
        return (self._database["profiles"][mark]["hourly"] for mark in marks if start <= mark.hour < end)
