"""A database in memory whose clock never stands still, and that can be away."""

from datetime import UTC, datetime, timedelta

from adapters.errors import StoreUnavailable
from ridewatch.memory.database import Documents, MemoryDatabase


class FakeMongo(MemoryDatabase):
    """The collections of one database, and its clock; `away` makes every access fail."""

    def __init__(self) -> None:
        super().__init__(self._moment)
        self.away = False
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __getitem__(self, collection: str) -> Documents:
        """Give the documents of a collection, by `_id`."""
        self._answer()
        return super().__getitem__(collection)

    def enter(self, index, entry) -> None:
        """As of any database."""
        self._answer()
        super().enter(index, entry)

    def entered(self, index, start=(), end=None):
        """As of any database."""
        self._answer()
        return super().entered(index, start, end)

    def _moment(self) -> datetime:
        """Give a moment later than the last."""
        self._answer()
        self.now += timedelta(milliseconds=1)
        return self.now

    def _answer(self) -> None:
        if self.away:
            message = "MongoDB is away"
            raise StoreUnavailable(message)
