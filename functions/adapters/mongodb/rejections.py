"""The `rejections` collection: requests that were not valid."""

from collections.abc import Iterable
from datetime import datetime

from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.documents import insert_new, rejection_document
from adapters.mongodb.errors import reaching_mongodb
from contracts.events import Rejection
from contracts.window import Window

MOST_REASONS = 50


class Rejections:
    """Every rejection once, however often it is delivered."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["rejections"]

    def add(self, rejections: Iterable[Rejection], stored_at: datetime) -> None:
        """Store what is not stored yet. Raises StoreUnavailable."""
        insert_new(self._collection, [rejection_document(rejection, stored_at) for rejection in rejections])

    def count(self, window: Window) -> int:
        """Count those stored within a span: a rejection has no ride, so no event time. Raises StoreUnavailable."""
        span = {"$gte": window.start, "$lt": window.end}
        with reaching_mongodb():
            return sum(1 for _ in self._collection.find({"stored_at": span}, {"_id": 1}))

    def by_reason(self, window: Window) -> dict[tuple[str, str], int]:
        """Count the problems of those stored within a span, by field and reason, the most frequent first.

        A caller's own field names may be among the fields, so only some are told. Raises StoreUnavailable.
        """
        reasons: list[Document] = [
            {"$match": {"stored_at": {"$gte": window.start, "$lt": window.end}}},
            {"$unwind": "$problems"},
            {"$group": {"_id": {"field": "$problems.field", "reason": "$problems.reason"}, "count": {"$sum": 1}}},
            {"$sort": {"count": -1, "_id": 1}},
            {"$limit": MOST_REASONS},
        ]
        with reaching_mongodb():
            found = list(self._collection.aggregate(reasons))
        return {(each["_id"]["field"], each["_id"]["reason"]): each["count"] for each in found}
