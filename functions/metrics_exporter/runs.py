"""Expected runs against seen ones: the hours that hold rides, and those of them whose report knows all of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar

from adapters.mongodb.hours import Hours
from adapters.mongodb.reports import Reports
from contracts.joining import HourMark
from contracts.report import report_id
from contracts.window import Window

HOUR = timedelta(hours=1)
DUE_AFTER = timedelta(hours=2)
"""A report of an hour is made within the next one; the one after is for retries."""
LOOK_BACK = timedelta(days=7)
OVERLAP = timedelta(minutes=20)
"""Longer than a report lives, whose moment is stamped before it is stored."""
_Name = TypeVar("_Name")
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class Runs(NamedTuple):
    """Reports of hours that should be there, and those that are."""

    expected: int
    seen: int


class Following:
    """Follows what changes in hours and what is reported of them; what is read is kept."""

    def __init__(self, hours: Hours, reports: Reports, clock: Callable[[], datetime]) -> None:
        self._hours = hours
        self._reports = reports
        self._clock = clock
        self._changed: dict[HourMark, datetime] = {}
        self._reported: dict[str, datetime] = {}
        self._read_at = BEFORE_ALL

    def refresh(self) -> Mapping[str, Runs]:
        """Count the runs of each model version. Raises StoreUnavailable."""
        now = self._clock()
        since = max(self._read_at - OVERLAP, now - LOOK_BACK)
        self._changed = _recent(self._changed | self._hours.changes(since), now)
        self._reported = _recent(self._reported | self._reports.reported(since), now)
        self._read_at = now
        return runs(self._changed, self._reported, now)


def runs(changed: Mapping[HourMark, datetime], reported: Mapping[str, datetime], now: datetime) -> Mapping[str, Runs]:
    """Count by model version the hours whose last change is so old that a report must know of it, and those that do.

    `reported` holds as of when each report is, by id.
    """
    due = {mark: moment for mark, moment in changed.items() if max(moment, mark.hour + HOUR) <= now - DUE_AFTER}
    known = {mark for mark, moment in due.items() if reported.get(_report_id(mark), BEFORE_ALL) >= moment}
    versions = sorted({mark.model_version for mark in changed})
    return {version: Runs(_of(due, version), _of(known, version)) for version in versions}


def _of(marks: Mapping[HourMark, datetime] | set[HourMark], version: str) -> int:
    return sum(mark.model_version == version for mark in marks)


def _report_id(mark: HourMark) -> str:
    return report_id(mark.model_version, Window(kind="hour", start=mark.hour, end=mark.hour + HOUR))


def _recent(moments: Mapping[_Name, datetime], now: datetime) -> dict[_Name, datetime]:
    return {name: moment for name, moment in moments.items() if moment > now - LOOK_BACK}
