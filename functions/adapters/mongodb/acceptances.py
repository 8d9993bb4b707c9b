"""The `acceptances` collection: windows that a person calls normal."""

from datetime import datetime

from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from contracts.alerts import Acceptance


class Acceptances:
    """Acceptances by id; none is ever deleted. Every method raises StoreUnavailable."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["acceptances"]

    def add(self, acceptance: Acceptance) -> None:
        """Store one."""
        with reaching_mongodb():
            self._collection.insert_one(acceptance.model_dump() | {"_id": acceptance.acceptance_id})

    def holding(self, model_version: str | None = None) -> list[Acceptance]:
        """List those of a model version, or of all, that were not undone, the latest first."""
        query: Document = {"undone_at": None} | ({"model_version": model_version} if model_version else {})
        with reaching_mongodb():
            return sorted(map(_acceptance, self._collection.find(query)), key=_latest_first)

    def undo(self, acceptance_id: str, who: str, now: datetime) -> bool:
        """Take one back; tell whether it held."""
        holds: Document = {"_id": acceptance_id, "undone_at": None}
        undone = {"$set": {"undone_at": now, "undone_by": who}}
        with reaching_mongodb():
            return self._collection.update_one(holds, undone).matched_count == 1


def _latest_first(acceptance: Acceptance) -> tuple[float, str]:
    return -acceptance.at.timestamp(), acceptance.acceptance_id


def _acceptance(document: Document) -> Acceptance:
    return Acceptance.model_validate({name: value for name, value in document.items() if name != "_id"})
