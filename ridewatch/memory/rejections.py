"""`Rejections` in memory."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from adapters.mongodb.documents import rejection_document
from adapters.mongodb.rejections import MOST_REASONS
from contracts.events import Rejection
from contracts.window import Window
from ridewatch.memory.database import MemoryDatabase
from ridewatch.memory.documents import insert_new

STORED = "rejections.stored_at"


class MemoryRejections:
    """Every rejection once."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def add(self, rejections: Iterable[Rejection], stored_at: datetime) -> None:
        """Store what is not stored yet."""
        documents = [rejection_document(each, stored_at) for each in rejections]
        for document in insert_new(self._database["rejections"], documents):
            self._database.enter(STORED, (document["stored_at"], document["_id"]))

    def count(self, window: Window) -> int:
        """Count those stored within a span."""
        return sum(1 for _ in self._within(window))

    def by_reason(self, window: Window) -> dict[tuple[str, str], int]:
        """Count the problems of those stored within a span, by field and reason, the most frequent first."""
        problems = [problem for document in self._within(window) for problem in document["problems"]]
        counts = Counter((problem["field"], problem["reason"]) for problem in problems)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_REASONS])

    def _within(self, window: Window) -> Iterator[dict[str, Any]]:
        for _, name in self._database.entered(STORED, (window.start,), (window.end,)):
            yield self._database["rejections"][name]
