"""The `rejections` collection: requests that were not valid."""

from collections.abc import Iterable
from datetime import datetime

from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.documents import insert_new, rejection_document
from contracts.events import Rejection


class Rejections:
    """Every rejection once, however often it is delivered."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["rejections"]

    def add(self, rejections: Iterable[Rejection], stored_at: datetime) -> None:
        """Store what is not stored yet. Raises StoreUnavailable."""
        insert_new(self._collection, [rejection_document(rejection, stored_at) for rejection in rejections])
