"""The exporter's reading: sizes and tallies of spans of server time, and what it counted before, kept for it."""

from datetime import UTC, datetime

from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from adapters.mongodb.connection import Document, server_time
from adapters.mongodb.counted import STREAMS, Stream
from adapters.mongodb.errors import reaching_mongodb
from contracts.base import SCHEMA_VERSION
from contracts.totals import Span, Tally, Totals

KEPT = f"totals-{SCHEMA_VERSION}"
STORED = "stored_at"
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class TotalsStore:
    """Counts of what MongoDB holds, aggregated there. Every method raises StoreUnavailable."""

    streams: tuple[Stream, ...] = STREAMS

    def __init__(self, database: Database[Document]) -> None:
        self._database = database

    def clock(self) -> datetime:
        """Tell the time by the database's own clock, the one that stamps."""
        return server_time(self._database)

    def size(self, stream: Stream, span: Span) -> int:
        """Count the documents that a stream finds in a span."""
        with reaching_mongodb():
            return self._database[stream.collection].count_documents(_within(stream, span))

    def tally(self, stream: Stream, span: Span) -> Tally:
        """Count what a stream finds in a span, by its labels."""
        pipeline = [{"$match": _within(stream, span)}, *stream.stages]
        with reaching_mongodb():
            return stream.tallied(self._database[stream.collection].aggregate(pipeline))

    def earliest(self) -> datetime | None:
        """Find the moment of the first thing there is to count."""
        with reaching_mongodb():
            found = [self._first(collection) for collection in sorted({stream.collection for stream in self.streams})]
        return min((moment for moment in found if moment), default=None)

    def load(self) -> Totals | None:
        """Give the totals that were kept last, if any."""
        with reaching_mongodb():
            document = self._database["exporter"].find_one({"_id": KEPT})
        return Totals.model_validate(document["totals"]) if document else None

    def keep(self, totals: Totals) -> None:
        """Keep these totals, in one write, unless a replica has kept some that reach as far."""
        document = {"_id": KEPT, "position": totals.position, "totals": totals.model_dump()}
        with reaching_mongodb():
            try:
                further = {"_id": KEPT, "position": {"$lt": totals.position}}
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
