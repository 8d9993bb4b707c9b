"""Reports that are new or anew: what the exporter shows of them, half of what they hold."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError
from pymongo.database import Database

from adapters.errors import ObjectCorrupt
from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from contracts.report import Report

OF_SEGMENTS = ("checks", "columns", *(f"performance.{name}" for name in ("rmse", "mape", "p90", "naive_mae", "skill")))
LEFT_OUT = dict.fromkeys(
    (
        *("columns.histogram", "weak_segments", "attributions", "compared", "watch"),
        *("ledger", "sentences", "changes", "performance.likeness", "quality.rejections"),
        *(f"segments.{name}" for name in OF_SEGMENTS),
    ),
    0,
)
"""No metric shows it."""


class ReportNews:
    """The `reports` collection as it changes."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["reports"]

    def since(self, moment: datetime) -> Iterator[Report]:
        """Give the reports generated at this moment or later, one by one. Raises StoreUnavailable, ObjectCorrupt."""
        with reaching_mongodb():
            yield from map(_report, self._collection.find({"generated_at": {"$gte": moment}}, LEFT_OUT))


def _report(document: Document) -> Report:
    try:
        return Report.model_validate({name: value for name, value in document.items() if name != "_id"})
    except ValidationError as error:
        message = f"report {document['_id']} is not what it should be: {error.error_count()} problems"
        raise ObjectCorrupt(message) from error
