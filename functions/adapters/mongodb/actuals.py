"""The `actuals` collection: every actual ever told, corrections and all."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pymongo import UpdateOne
from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.documents import actual_document, by_fifties, insert_new
from adapters.mongodb.errors import reaching_mongodb
from contracts.events import Actual
from contracts.joining import Problem, ToldActual


class Actuals:
    """The history of actuals: nothing in it is ever replaced."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["actuals"]

    def add(self, actuals: Iterable[Actual], stored_at: datetime) -> None:
        """Store what is not stored yet. Raises StoreUnavailable."""
        insert_new(self._collection, [actual_document(actual, stored_at) for actual in actuals])

    def of_rides(self, ride_ids: Iterable[str]) -> list[ToldActual]:
        """Find the actuals of these rides. Raises StoreUnavailable."""
        with reaching_mongodb():
            return [
                ToldActual(**{field: document[field] for field in ToldActual._fields})
                for chunk in by_fifties(ride_ids)
                for document in self._collection.find({"ride_id": {"$in": chunk}})
            ]

    def mark(self, problems: Mapping[str, Problem]) -> None:
        """Say of actuals, by id, why they are no durations. Raises StoreUnavailable."""
        if not problems:
            return
        # $max, so that the order in which two predictions of one ride find fault does not matter
        marks = [UpdateOne({"_id": actual_id}, {"$max": {"problem": why}}) for actual_id, why in problems.items()]
        with reaching_mongodb():
            self._collection.bulk_write(marks, ordered=False)

    def mark_corrections(self, actual_ids: Iterable[str], correction_at: datetime) -> None:
        """Say of actuals that they correct an earlier one; the first stamp stays. Raises StoreUnavailable."""
        with reaching_mongodb():
            for chunk in by_fifties(actual_ids):
                unmarked: Document = {"_id": {"$in": chunk}, "correction_at": {"$exists": False}}
                self._collection.update_many(unmarked, {"$set": {"correction_at": correction_at}})
