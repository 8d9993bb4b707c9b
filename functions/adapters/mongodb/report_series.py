"""The last reports of one kind of window and one model version, as alert rules read them."""

from datetime import datetime, timedelta

from pydantic import ValidationError
from pymongo import DESCENDING
from pymongo.database import Database

from adapters.errors import ObjectCorrupt
from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from contracts.report import Report
from contracts.window import WindowKind

LEFT_OUT = dict.fromkeys(("columns.histogram", "segments", "ledger", "changes"), 0)
"""No rule reads it, and it is most of a report."""


class ReportSeries:
    """The `reports` collection, window after window. Every method raises StoreUnavailable."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["reports"]

    def last_end(self, model_version: str, kind: WindowKind) -> datetime | None:
        """Tell when the latest reported window ended; None if there is none."""
        query: Document = {"model_version": model_version, "window.kind": kind}
        with reaching_mongodb():
            found = self._collection.find_one(query, {"window.end": 1}, sort=[("window.end", DESCENDING)])
        return found["window"]["end"] if found else None

    def last(self, model_version: str, kind: WindowKind, span: timedelta) -> list[Report]:
        """Give the reports of the latest window and of those that ended so long before it, the oldest first.

        Raises ObjectCorrupt.
        """
        end = self.last_end(model_version, kind)
        if end is None:
            return []
        query: Document = {"model_version": model_version, "window.kind": kind, "window.end": {"$gt": end - span}}
        with reaching_mongodb():
            return [_report(document) for document in self._collection.find(query, LEFT_OUT).sort("window.end", 1)]


def _report(document: Document) -> Report:
    try:
        return Report.model_validate({name: value for name, value in document.items() if name != "_id"})
    except ValidationError as error:
        message = f"report {document['_id']} is not what it should be: {error.error_count()} problems"
        raise ObjectCorrupt(message) from error
