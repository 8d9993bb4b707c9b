"""Reports that are new or anew: what the exporter shows of them, without their histograms."""

from datetime import datetime

from pydantic import ValidationError
from pymongo.database import Database

from adapters.errors import ObjectCorrupt
from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from contracts.report import Report


class ReportNews:
    """The `reports` collection as it changes."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["reports"]

    def since(self, moment: datetime) -> list[Report]:
        """List the reports generated at this moment or later. Raises StoreUnavailable, ObjectCorrupt."""
        with reaching_mongodb():
            documents = list(self._collection.find({"generated_at": {"$gte": moment}}, {"columns.histogram": 0}))
        return [_report(document) for document in documents]


def _report(document: Document) -> Report:
    try:
        return Report.model_validate({name: value for name, value in document.items() if name != "_id"})
    except ValidationError as error:
        message = f"report {document['_id']} is not what it should be: {error.error_count()} problems"
        raise ObjectCorrupt(message) from error
