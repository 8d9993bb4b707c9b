"""The `predictions` collection: logged answers, and the actuals they carry."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice, takewhile

from pymongo import UpdateOne
from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.documents import by_fifties, insert_new, prediction_document
from adapters.mongodb.errors import reaching_mongodb
from contracts.events import Prediction
from contracts.hourly import LabelledRow
from contracts.joining import Label, PredictedRide, Rank
from contracts.totals import Span
from contracts.window import Window

JOINING = dict.fromkeys(("ride.ride_id", "ride.pickup_time", "model_version", "actual_id", "actual_received_at"), 1)

STAMPS = ("stored_at", "labelled_at", "relabels.at")
"""When a prediction changed, by the server's clock: stored, labelled first, labelled again."""
CHOSEN_BY = ("model_version", "event_time")
"""Looked at here, not there: SecantusDB takes no index for a query of more fields than the index has."""


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

    def changed(
        self, model_version: str, window: Window | None, fields: Sequence[str], span: Span
    ) -> Iterator[Document]:
        """Give these fields of what was stored or labelled in a span of the server's clock, each once.

        What was labelled again before the span and after it, though not in it, may be among them. Raises
        StoreUnavailable.
        """
        wanted = dict.fromkeys((*fields, *CHOSEN_BY), 1)
        seen: set[str] = set()
        for stamp in STAMPS:
            with reaching_mongodb():
                for document in self._collection.find({stamp: _within(span)}, wanted):
                    if document["_id"] not in seen and _is_of(document, model_version, window):
                        seen.add(document["_id"])
                        yield document

    def labelled(self, model_version: str, span: Span, rows: int) -> list[LabelledRow]:
        """Give the first rows that were labelled in a span, and all of the last one's moment. Raises StoreUnavailable.

        They come in the order of their moments, those of one moment in that of their ids.
        """
        fields = dict.fromkeys(("minutes", "first_actual", "labelled_at", *CHOSEN_BY), 1)
        with reaching_mongodb():
            found = self._collection.find({"labelled_at": _within(span)}, fields).sort("labelled_at", 1)
            own = (document for document in found if _is_of(document, model_version, None))
            first = list(islice(own, rows))
            last = first[-1]["labelled_at"] if first else span.start
            first += takewhile(lambda document: document["labelled_at"] == last, own)
        return sorted(map(_labelled, first), key=lambda row: (row.labelled_at, row.row_id))

    def by_id(self, ids: Iterable[str], fields: Sequence[str]) -> list[Document]:
        """Find predictions by their ids. Raises StoreUnavailable."""
        with reaching_mongodb():
            return [
                document
                for chunk in by_fifties(ids)
                for document in self._collection.find({"_id": {"$in": chunk}}, dict.fromkeys(fields, 1))
            ]

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


def _is_of(document: Document, model_version: str, window: Window | None) -> bool:
    if document["model_version"] != model_version:
        return False
    return window is None or window.start <= document["event_time"] < window.end


def _labelled(document: Document) -> LabelledRow:
    fields = ("_id", "minutes", "first_actual", "labelled_at", "event_time")
    return LabelledRow(*(document[field] for field in fields))


def _within(span: Span) -> Document:
    return {"$gte": span.start} if span.end is None else {"$gte": span.start, "$lt": span.end}


def _attach(label: Label, labelled_at: datetime) -> UpdateOne:
    # Compare and swap on one field: an $or over (received_at, actual_id) made SecantusDB scan (38 ms each, not 1).
    latest: Document = {
        "actual": label.minutes,
        "actual_id": label.actual.actual_id,
        "actual_received_at": label.actual.received_at,
        "actual_stored_at": label.actual.stored_at,
    }
    if label.replaces is not None:
        history = {"relabels": {"minutes": label.minutes, "at": labelled_at}}
        as_read = {"_id": label.prediction_id, "actual_id": label.replaces.actual_id}
        return UpdateOne(as_read, {"$set": latest, "$push": history})
    first = {"labelled_at": labelled_at, "first_actual": label.minutes}
    return UpdateOne({"_id": label.prediction_id, "actual_id": {"$exists": False}}, {"$set": latest | first})
