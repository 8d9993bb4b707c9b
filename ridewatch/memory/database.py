"""A database in memory: collections of documents, sorted indexes, a lock, a clock."""

import threading
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

Documents = dict[str, dict[str, Any]]
Entry = tuple[Any, ...]


class MemoryDatabase:
    """The collections of one database by name, and the clock that stamps what is written."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.collections: dict[str, Documents] = {}
        self.lock = threading.Lock()
        self.clock = clock
        self._indexes: dict[str, list[Entry]] = {}

    def __getitem__(self, collection: str) -> Documents:
        """Give the documents of a collection, by `_id`."""
        return self.collections.setdefault(collection, {})

    def enter(self, index: str, entry: Entry) -> None:
        """Enter something into an index, unless it is there."""
        entries = self._indexes.setdefault(index, [])
        place = bisect_left(entries, entry)
        if place == len(entries) or entries[place] != entry:
            insort(entries, entry, lo=place)

    def entered(self, index: str, start: Entry = (), end: Entry | None = None) -> Iterator[Entry]:
        """Give the entries of an index from one, before another, in order."""
        entries = self._indexes.get(index, [])
        first = bisect_left(entries, start)
        yield from entries[first : None if end is None else bisect_left(entries, end)]

    def last_entered(self, index: str, start: Entry, end: Entry) -> Entry | None:
        """Give the last entry from one, before another."""
        entries = self._indexes.get(index, [])
        place = bisect_left(entries, end) - 1
        return entries[place] if place >= 0 and entries[place] >= start else None
