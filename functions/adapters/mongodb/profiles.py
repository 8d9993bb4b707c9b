"""The `profiles` collection: one document per model version and UTC hour, and how far each version has settled."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from contracts.hourly import HourlyProfile, HourVolume
from contracts.joining import HourMark
from contracts.window import Window

VOLUME = dict.fromkeys(("model_version", "hour", "rows", "newest_stored"), 1)


class Profiles:
    """Hours as they had settled; what is younger is read from the predictions themselves."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["profiles"]
        self._positions = database["positions"]

    def position(self, model_version: str) -> datetime | None:
        """Tell up to which moment every hour of a version has settled. Raises StoreUnavailable."""
        with reaching_mongodb():
            found = self._positions.find_one({"_id": model_version})
        return found["settled_until"] if found else None

    def advance(self, model_version: str, settled_until: datetime) -> None:
        """Note that every hour of a version has settled up to a moment; never back. Raises StoreUnavailable."""
        with reaching_mongodb():
            self._positions.update_one({"_id": model_version}, {"$max": {"settled_until": settled_until}}, upsert=True)

    def of(self, mark: HourMark) -> HourlyProfile | None:
        """Find the profile of an hour. Raises StoreUnavailable."""
        with reaching_mongodb():
            document = self._collection.find_one({"_id": _id(mark)})
        return _hourly(document) if document else None

    def window(self, model_version: str, window: Window) -> list[HourlyProfile]:
        """Give the hours of a version that a window holds, in order. Raises StoreUnavailable."""
        query = {"model_version": model_version, "hour": {"$gte": window.start, "$lt": window.end}}
        with reaching_mongodb():
            return [_hourly(document) for document in self._collection.find(query).sort("hour", 1)]

    def volumes(self, start: datetime, end: datetime, model_version: str | None = None) -> list[HourVolume]:
        """Count the settled rows in each hour of a span, of one version or of every one. Raises StoreUnavailable."""
        query: Document = {"hour": {"$gte": start, "$lt": end}}
        if model_version is not None:
            query["model_version"] = model_version
        with reaching_mongodb():
            return [_volume(document) for document in self._collection.find(query, VOLUME)]

    def replace(self, known: HourlyProfile | None, hourly: HourlyProfile) -> bool:
        """Put an hour in the place of what was known of it; tell whether that still stood. Raises StoreUnavailable."""
        document = _document(hourly)
        with reaching_mongodb():
            if known is None:
                with suppress(DuplicateKeyError):
                    self._collection.insert_one(document)
                    return True
                return False
            as_known = {"_id": document["_id"], "settled_until": known.settled_until}
            return self._collection.replace_one(as_known, document).matched_count == 1


def _volume(document: Document) -> HourVolume:
    return HourVolume(_mark(document), document["rows"], document["newest_stored"])


def _mark(document: Document) -> HourMark:
    return HourMark(document["model_version"], document["hour"])


def _id(mark: HourMark) -> str:
    return f"{mark.model_version}|{mark.hour:%Y-%m-%dT%HZ}"


def _document(hourly: HourlyProfile) -> Document:
    return {"_id": _id(hourly.mark), **hourly.mark._asdict(), **_values(hourly)}


def _values(hourly: HourlyProfile) -> dict[str, Any]:
    return {name: value for name, value in hourly._asdict().items() if name != "mark"}


def _hourly(document: Document) -> HourlyProfile:
    return HourlyProfile(_mark(document), **{name: document[name] for name in _fields()})


def _fields() -> Iterable[str]:
    return (name for name in HourlyProfile._fields if name != "mark")
