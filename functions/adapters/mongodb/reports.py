"""The `reports` collection: the latest revision of every report."""

from datetime import datetime

from pymongo import DESCENDING
from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from contracts.report import Report


class Reports:
    """One document per report, replaced by its next revision."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["reports"]

    def save(self, report: Report) -> None:
        """Store a revision in place of an older one. Raises StoreUnavailable."""
        document = report.model_dump() | {"_id": report.report_id}
        with reaching_mongodb():
            self._collection.replace_one({"_id": report.report_id}, document, upsert=True)

    def get(self, report_id: str) -> Report | None:
        """Find a report by its id. Raises StoreUnavailable."""
        with reaching_mongodb():
            document = self._collection.find_one({"_id": report_id})
        return _report(document) if document else None

    def newest(self, limit: int, before: datetime | None = None) -> list[Report]:
        """List reports, latest window first; those whose window ended before a moment. Raises StoreUnavailable."""
        query: Document = {"window.end": {"$lt": before}} if before else {}
        order = [("window.end", DESCENDING), ("window.start", DESCENDING), ("model_version", DESCENDING)]
        with reaching_mongodb():
            return [_report(document) for document in self._collection.find(query).sort(order).limit(limit)]


def _report(document: Document) -> Report:
    return Report.model_validate({name: value for name, value in document.items() if name != "_id"})
