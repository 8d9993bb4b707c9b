"""The `hours` collection: one small document per model version and UTC hour of event time."""

from collections.abc import Iterable
from datetime import datetime

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.documents import insert_new
from adapters.mongodb.errors import reaching_mongodb
from contracts.joining import HourMark


class Hours:
    """Which hours hold data, and when something last changed in them."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["hours"]

    def touch(self, marks: Iterable[tuple[str, datetime]], changed_at: datetime) -> None:
        """Mark hours as changed; to be called after the data are written. Raises StoreUnavailable."""
        documents = [_document(HourMark(*mark), changed_at) for mark in sorted(set(marks))]
        known = insert_new(self._collection, documents)
        if known:
            with reaching_mongodb():
                self._collection.update_many({"_id": {"$in": known}}, {"$max": {"changed_at": changed_at}})

    def changed_since(self, model_version: str | None, moment: datetime) -> list[HourMark]:
        """List the hours, of one version or all, that changed after a moment. Raises StoreUnavailable."""
        query: Document = {"changed_at": {"$gt": moment}}
        if model_version is not None:
            query["model_version"] = model_version
        with reaching_mongodb():
            return sorted(_mark(document) for document in self._collection.find(query))

    def changes(self, after: datetime) -> dict[HourMark, datetime]:
        """Give the hours that changed after a moment, and when each last did. Raises StoreUnavailable."""
        with reaching_mongodb():
            found = self._collection.find({"changed_at": {"$gt": after}})
            return {_mark(document): document["changed_at"] for document in found}

    def versions(self) -> list[str]:
        """List the model versions that have answered. Raises StoreUnavailable."""
        with reaching_mongodb():
            return sorted(self._collection.distinct("model_version"))

    def range(self, model_version: str) -> tuple[datetime, datetime] | None:
        """Give the first and the last hour with data of a version. Raises StoreUnavailable."""
        with reaching_mongodb():
            ends = [
                self._collection.find_one({"model_version": model_version}, sort=[("hour", order)])
                for order in (ASCENDING, DESCENDING)
            ]
        first, last = ends
        return (first["hour"], last["hour"]) if first and last else None

    def last_before(self, model_version: str, moment: datetime) -> datetime | None:
        """Give the last hour with data of a version that began before a moment. Raises StoreUnavailable."""
        query = {"model_version": model_version, "hour": {"$lt": moment}}
        with reaching_mongodb():
            found = self._collection.find_one(query, sort=[("hour", DESCENDING)])
        return found["hour"] if found else None


def _document(mark: HourMark, changed_at: datetime) -> Document:
    return {"_id": f"{mark.model_version}|{mark.hour:%Y-%m-%dT%HZ}", **mark._asdict(), "changed_at": changed_at}


def _mark(document: Document) -> HourMark:
    return HourMark(document["model_version"], document["hour"])
