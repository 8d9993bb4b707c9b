"""The `report_days` collection: the UTC days on which windows ended that have a report, one small document each.

SecantusDB reads all of a range, whatever the limit: only who knows where reports lie asks it for few (of 1,500 the
latest 60: 0.2 s by their days, 12 s without).
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from pymongo import DESCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb

DAY = timedelta(days=1)


class ReportDays:
    """Where reports lie. Every method raises StoreUnavailable."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["report_days"]
        self._reports = database["reports"]

    def add(self, end: datetime) -> None:
        """Note that a window that ended then has a report, or is about to have one."""
        day = {"_id": _day_of(end)}
        with reaching_mongodb(), suppress(DuplicateKeyError):  # another run has noted it at the same moment
            self._collection.update_one(day, {"$setOnInsert": day}, upsert=True)

    def fill(self) -> None:
        """Note the days of all reports, if none is noted: they are from before days were."""
        with reaching_mongodb():
            if self._collection.find_one() is None:
                for end in self._reports.distinct("window.end"):
                    self.add(end)

    def spans(self, before: datetime | None = None) -> Iterator[Document]:
        """Give bounds of `window.end` that hold all reports side by side, the latest first, each of twice the days."""
        query: Document = {"_id": {"$lte": _day_of(before)}} if before else {}
        with reaching_mongodb():
            days = [document["_id"] for document in self._collection.find(query).sort("_id", DESCENDING)]
        begun, many = 0, 1
        while begun < len(days):
            several = days[begun : begun + many]
            end = several[0] + DAY
            yield {"$gte": several[-1], "$lt": min(end, before) if before else end}
            begun, many = begun + many, 2 * many


def _day_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
