"""The `watches` collection: what the watch over each version's errors remembers."""

from contextlib import suppress

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from contracts.error_watch import ErrorWatch


class Watches:
    """One document per model version, replaced only if it still is what was read."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["watches"]

    def of(self, model_version: str) -> ErrorWatch:
        """Give what is remembered of a version, or a watch that has seen nothing. Raises StoreUnavailable."""
        with reaching_mongodb():
            document = self._collection.find_one({"_id": model_version}, {"_id": 0})
        return ErrorWatch.model_validate(document) if document else ErrorWatch(model_version=model_version)

    def replace(self, known: ErrorWatch, watch: ErrorWatch) -> bool:
        """Go on from what was known; tell whether that still stood. Raises StoreUnavailable."""
        document = watch.model_dump() | {"_id": watch.model_version}
        as_known = {"_id": watch.model_version, "last_block": known.last_block}
        with reaching_mongodb():
            if known.last_block:
                return self._collection.replace_one(as_known, document).matched_count == 1
            with suppress(DuplicateKeyError):
                self._collection.insert_one(document)
                return True
        return False
