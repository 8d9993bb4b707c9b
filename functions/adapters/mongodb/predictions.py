"""The `predictions` collection: logged answers, and the actuals they carry."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

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

STAMPS = ("stored_at", "labelled_at", "relabelled_at")
"""When a prediction changed, by the server's clock: stored, labelled first, labelled last of several times."""


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
        self, model_version: str, span: Span, window: Window | None, fields: Sequence[str]
    ) -> Iterator[Document]:
        """Give these fields of what was stored or labelled in a span of the server's clock, each once.

        What was labelled again later is given too: it may have been labelled in the span before. Raises
        StoreUnavailable.
        """
        seen: set[str] = set()
        for stamp in STAMPS:
            query: Document = {stamp: _changed_in(stamp, span), "model_version": model_version}
            if window is not None:
                query["event_time"] = {"$gte": window.start, "$lt": window.end}
            with reaching_mongodb():
                for document in self._collection.find(query, dict.fromkeys(fields, 1)):
                    if document["_id"] not in seen:
                        seen.add(document["_id"])
                        yield document

    def labelled(self, model_version: str, span: Span, rows: int) -> list[LabelledRow]:
        """Give the first rows that were labelled in a span, in that order. Raises StoreUnavailable."""
        fields = dict.fromkeys(("minutes", "first_actual", "labelled_at", "event_time"), 1)
        query = {"labelled_at": _within(span), "model_version": model_version}
        with reaching_mongodb():
            found = self._collection.find(query, fields).sort([("labelled_at", 1), ("_id", 1)]).limit(rows)
            return [
                LabelledRow(d["_id"], d["minutes"], d["first_actual"], d["labelled_at"], d["event_time"]) for d in found
            ]

    def cut(self, span: Span, rows: int) -> datetime:
        """Shorten a span to about so many predictions that were stored or labelled in it. Raises StoreUnavailable."""
        ends = [span.end]
        with reaching_mongodb():
            for stamp in STAMPS[:2]:
                found = self._collection.find({stamp: _within(span)}, {stamp: 1}).sort(stamp, 1).skip(rows).limit(1)
                ends += [document[stamp] for document in found]
        later = [end for end in ends if end is not None and end > span.start]
        return min(later)

    def earliest(self) -> datetime | None:
        """Tell when the oldest prediction that is kept was stored. Raises StoreUnavailable."""
        with reaching_mongodb():
            found = self._collection.find_one({}, {"stored_at": 1}, sort=[("stored_at", 1)])
        return found["stored_at"] if found else None

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


def _changed_in(stamp: str, span: Span) -> Document:
    """Only the last of several later labels has its stamp in an index: one after the span may hide one within."""
    return {"$gte": span.start} if stamp == "relabelled_at" else _within(span)


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
        again = {"relabelled_at": labelled_at}
        history = {"relabels": {"minutes": label.minutes, "at": labelled_at}}
        as_read = {"_id": label.prediction_id, "actual_id": label.replaces.actual_id}
        return UpdateOne(as_read, {"$set": latest | again, "$push": history})
    first = {"labelled_at": labelled_at, "first_actual": label.minutes}
    return UpdateOne({"_id": label.prediction_id, "actual_id": {"$exists": False}}, {"$set": latest | first})
