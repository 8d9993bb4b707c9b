"""The `predictions` collection: logged answers, and the actuals they carry."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from pymongo import UpdateOne
from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.documents import by_fifties, insert_new, prediction_document
from adapters.mongodb.errors import reaching_mongodb
from contracts.events import Prediction
from contracts.joining import Label, PredictedRide, Rank
from contracts.window import Window

JOINING = dict.fromkeys(("ride.ride_id", "ride.pickup_time", "model_version", "actual_id", "actual_received_at"), 1)


class Predictions:
    """Every prediction once, however often it is delivered."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["predictions"]

    def add(self, predictions: Iterable[Prediction], stored_at: datetime) -> None:
        """Store what is not stored yet. Raises StoreUnavailable."""
        insert_new(self._collection, [prediction_document(prediction, stored_at) for prediction in predictions])

    def window(self, model_version: str, window: Window, fields: Sequence[str]) -> Iterator[Document]:
        """Give these fields of every prediction of the window. Raises StoreUnavailable."""
        span = {"$gte": window.start, "$lt": window.end}
        with reaching_mongodb():
            yield from self._collection.find(
                {"model_version": model_version, "event_time": span}, dict.fromkeys(fields, 1)
            )

    def of_rides(self, ride_ids: Iterable[str]) -> list[PredictedRide]:
        """Find the predictions of these rides. Raises StoreUnavailable."""
        with reaching_mongodb():
            return [
                _predicted(document)
                for chunk in by_fifties(ride_ids)
                for document in self._collection.find({"ride.ride_id": {"$in": chunk}}, JOINING)
            ]

    def label(self, labels: Sequence[Label], labelled_at: datetime) -> int:
        """Attach the actuals; count those that still stood as they were read. Raises StoreUnavailable."""
        if not labels:
            return 0
        with reaching_mongodb():
            updates = [_attach(label, labelled_at) for label in labels]
            return self._collection.bulk_write(updates, ordered=False).matched_count


def _predicted(document: Document) -> PredictedRide:
    ride = document["ride"]
    joined = Rank(document["actual_received_at"], document["actual_id"]) if "actual_id" in document else None
    return PredictedRide(document["_id"], ride["ride_id"], document["model_version"], ride["pickup_time"], joined)


def _attach(label: Label, labelled_at: datetime) -> UpdateOne:
    # Compare and swap on one field: an $or over (received_at, actual_id) made SecantusDB scan (38 ms each, not 1).
    latest: Document = {
        "actual": label.minutes,
        "actual_id": label.actual.actual_id,
        "actual_received_at": label.actual.received_at,
        "actual_stored_at": label.actual.stored_at,
    }
    if label.replaces is not None:
        return UpdateOne({"_id": label.prediction_id, "actual_id": label.replaces.actual_id}, {"$set": latest})
    first = {"labelled_at": labelled_at, "first_actual": label.minutes}
    return UpdateOne({"_id": label.prediction_id, "actual_id": {"$exists": False}}, {"$set": latest | first})
