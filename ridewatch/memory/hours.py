"""`Hours` in memory."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from contracts.joining import HourMark
from ridewatch.memory.database import MemoryDatabase
from ridewatch.memory.documents import to_ms

HOURS = "hours.model_version.hour"
ALWAYS, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class MemoryHours:
    """Which hours hold data, and when something last changed in them."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def touch(self, marks: Iterable[tuple[str, datetime]], changed_at: datetime) -> None:
        """Mark hours as changed."""
        for mark in {HourMark(*mark) for mark in marks}:
            name = f"{mark.model_version}|{mark.hour:%Y-%m-%dT%HZ}"
            new = {"_id": name, **mark._asdict(), "changed_at": to_ms(changed_at)}
            document = self._database["hours"].setdefault(name, new)
            document["changed_at"] = max(document["changed_at"], to_ms(changed_at))
            self._database.enter(HOURS, tuple(mark))

    def changed_since(self, model_version: str | None, moment: datetime) -> list[HourMark]:
        """List the hours, of one version or all, that changed after a moment."""
        return sorted(mark for mark in self.changes(moment) if model_version in {None, mark.model_version})

    def changes(self, after: datetime) -> dict[HourMark, datetime]:
        """Give the hours that changed after a moment, and when each last did."""
        return {_mark(hour): hour["changed_at"] for hour in self._documents() if hour["changed_at"] > after}

    def versions(self) -> list[str]:
        """List the model versions that have answered."""
        return sorted({hour["model_version"] for hour in self._documents()})

    def range(self, model_version: str) -> tuple[datetime, datetime] | None:
        """Give the first and the last hour with data of a version."""
        first = next(self._database.entered(HOURS, (model_version, ALWAYS), (model_version, NEVER)), None)
        last = self.last_before(model_version, NEVER)
        return (first[1], last) if first and last else None

    def last_before(self, model_version: str, moment: datetime) -> datetime | None:
        """Give the last hour with data of a version that began before a moment."""
        found = self._database.last_entered(HOURS, (model_version, ALWAYS), (model_version, moment))
        return found[1] if found else None

    def _documents(self) -> Iterator[dict[str, Any]]:
        yield from self._database["hours"].values()


def _mark(hour: dict[str, Any]) -> HourMark:
    return HourMark(hour["model_version"], hour["hour"])
