"""The `silences` collection: until when nobody is told what a rule finds."""

from datetime import datetime

from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from contracts.alerts import Silence


class Silences:
    """Silences by id. Every method raises StoreUnavailable."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["silences"]

    def add(self, silence: Silence) -> None:
        """Store one."""
        with reaching_mongodb():
            self._collection.insert_one(silence.model_dump() | {"_id": silence.silence_id})

    def holding(self, now: datetime) -> list[Silence]:
        """List those that have not ended, the one that ends first first."""
        with reaching_mongodb():
            return [_silence(document) for document in self._collection.find({"until": {"$gt": now}}).sort("until", 1)]

    def end(self, silence_id: str, now: datetime) -> bool:
        """End one now; tell whether it held."""
        holds: Document = {"_id": silence_id, "until": {"$gt": now}}
        with reaching_mongodb():
            return self._collection.update_one(holds, {"$set": {"until": now}}).matched_count == 1


def _silence(document: Document) -> Silence:
    return Silence.model_validate({name: value for name, value in document.items() if name != "_id"})
