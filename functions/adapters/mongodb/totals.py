"""The exporter's reading: sizes and tallies of spans of server time, and what it counted before, kept for it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from pymongo import ASCENDING
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from adapters.mongodb.connection import Document, server_time
from adapters.mongodb.counted import STREAMS
from adapters.mongodb.errors import reaching_mongodb
from adapters.mongodb.kept import TOTALS, Layout
from contracts.totals import Span, Tally, Totals

STORED = "stored_at"
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class Stream(Protocol):
    """One kind of thing to count: where it lies and the clock it is found by."""

    @property
    def name(self) -> str: ...  # noqa: D102 - said above

    @property
    def collection(self) -> str: ...  # noqa: D102 - the same

    @property
    def clock(self) -> str: ...  # noqa: D102 - the same

    def tally(self, collection: Collection[Document], within: Document) -> Tally:
        """Count what matches, by its labels."""
        ...


class TotalsStore:
    """Counts of what MongoDB holds, aggregated there. Every method raises StoreUnavailable."""

    def __init__(
        self, database: Database[Document], streams: Sequence[Stream] = STREAMS, layout: Layout = TOTALS
    ) -> None:
        self.streams = streams
        self._database = database
        self._layout = layout

    def clock(self) -> datetime:
        """Tell the time by the database's own clock, the one that stamps."""
        return server_time(self._database)

    def size(self, stream: Stream, span: Span) -> int:
        """Count the documents that a stream finds in a span."""
        with reaching_mongodb():
            return self._database[stream.collection].count_documents(_within(stream, span))

    def tally(self, stream: Stream, span: Span) -> Tally:
        """Count what a stream finds in a span, by its labels."""
        with reaching_mongodb():
            return stream.tally(self._database[stream.collection], _within(stream, span))

    def earliest(self) -> datetime | None:
        """Find the moment of the first thing there is to count."""
        with reaching_mongodb():
            found = [self._first(collection) for collection in sorted({stream.collection for stream in self.streams})]
        return min((moment for moment in found if moment), default=None)

    def load(self) -> Totals | None:
        """Give the totals that were kept last, if any."""
        with reaching_mongodb():
            document = self._database["exporter"].find_one({"_id": self._layout.name})
        return self._layout.read(document) if document else None

    def keep(self, totals: Totals) -> None:
        """Keep these totals, in one write, unless a replica has kept some that reach as far."""
        document = {"_id": self._layout.name, "position": totals.position, **self._layout.lay_out(totals)}
        with reaching_mongodb():
            try:
                further = {"_id": self._layout.name, "position": {"$lt": totals.position}}
                self._database["exporter"].replace_one(further, document, upsert=True)
            except DuplicateKeyError:
                return

    def _first(self, collection: str) -> datetime | None:
        stored = {STORED: {"$gte": BEFORE_ALL}}
        found = self._database[collection].find_one(stored, {STORED: 1}, sort=[(STORED, ASCENDING)])
        return found[STORED] if found else None


def _within(stream: Stream, span: Span) -> Document:
    bounds = {"$gte": span.start} | ({"$lt": span.end} if span.end else {})
    return {stream.clock: bounds}
