"""`Predictions` in memory."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from adapters.mongodb.documents import prediction_document
from adapters.mongodb.predictions import CHOSEN_BY
from contracts.events import Prediction
from contracts.hourly import LabelledRow
from contracts.joining import Label, PredictedRide, Rank
from contracts.totals import Span
from contracts.window import Window
from ridewatch.memory.database import Documents, MemoryDatabase
from ridewatch.memory.documents import insert_new, projected, to_ms

NEVER = datetime.max.replace(tzinfo=UTC)
CHANGES, LABELLED, RIDES = "predictions.changes", "predictions.labelled_at", "predictions.ride_id"
ROW = ("_id", "minutes", "first_actual", "labelled_at", "event_time")


class MemoryPredictions:
    """Every prediction once."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def add(self, predictions: Iterable[Prediction], stored_at: datetime) -> None:
        """Store what is not stored yet."""
        documents = [prediction_document(each, stored_at) for each in predictions]
        for document in insert_new(self._database["predictions"], documents):
            self._database.enter(CHANGES, (document["stored_at"], document["_id"]))
            self._database.enter(RIDES, (document["ride"]["ride_id"], document["_id"]))

    def window(self, model_version: str, window: Window, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Give these fields of every prediction of the window."""
        for document in self._database["predictions"].values():
            if _is_of(document, model_version, window):
                yield projected(document, fields)

    def changed(
        self, model_version: str, window: Window | None, fields: Sequence[str], span: Span
    ) -> Iterator[dict[str, Any]]:
        """Give these fields of what was stored or labelled in a span of the clock, each once."""
        documents = self._database["predictions"]
        for name in dict.fromkeys(self._within(CHANGES, span)):
            if _is_of(documents[name], model_version, window):
                yield projected(documents[name], (*fields, *CHOSEN_BY))

    def labelled(self, model_version: str, span: Span, rows: int) -> list[LabelledRow]:
        """Give the first rows that were labelled in a span, and all of the last one's moment."""
        documents, found = self._database["predictions"], list[LabelledRow]()
        for name in self._within(LABELLED, span):
            document = documents[name]
            if document["model_version"] != model_version:
                continue
            if len(found) >= rows and document["labelled_at"] > found[-1].labelled_at:
                break
            found.append(LabelledRow(*(document[field] for field in ROW)))
        return found

    def by_id(self, ids: Iterable[str], fields: Sequence[str]) -> list[dict[str, Any]]:
        """Find predictions by their ids."""
        documents = self._database["predictions"]
        return [projected(documents[name], fields) for name in sorted(set(ids)) if name in documents]

    def of_rides(self, ride_ids: Iterable[str]) -> list[PredictedRide]:
        """Find the predictions of these rides."""
        documents = self._database["predictions"]
        return [
            _predicted(documents[name])
            for ride_id in sorted(set(ride_ids))
            for _, name in self._database.entered(RIDES, (ride_id,), (f"{ride_id}\0",))
        ]

    def label(self, labels: Sequence[Label], labelled_at: datetime) -> int:
        """Attach the actuals; count those that still stood as they were read."""
        with self._database.lock:
            return sum(self._attach(self._database["predictions"], label, to_ms(labelled_at)) for label in labels)

    def _within(self, index: str, span: Span) -> Iterator[str]:
        for _, name in self._database.entered(index, (span.start,), (span.end or NEVER,)):
            yield name

    def _attach(self, predictions: Documents, label: Label, labelled_at: datetime) -> bool:
        document = predictions[label.prediction_id]
        if document.get("actual_id") != (label.replaces and label.replaces.actual_id):
            return False
        if label.replaces is None:
            document |= {"labelled_at": labelled_at, "first_actual": label.minutes}
            self._database.enter(LABELLED, (labelled_at, label.prediction_id))
        else:
            again = {"minutes": label.minutes, "at": labelled_at}
            document["relabels"] = [*document.get("relabels", []), again]
        self._database.enter(CHANGES, (labelled_at, label.prediction_id))
        document |= {
            "actual": label.minutes,
            "actual_id": label.actual.actual_id,
            "actual_received_at": label.actual.received_at,
            "actual_stored_at": label.actual.stored_at,
        }
        return True


def _is_of(document: dict[str, Any], model_version: str, window: Window | None) -> bool:
    if document["model_version"] != model_version:
        return False
    return window is None or window.start <= document["event_time"] < window.end


def _predicted(document: dict[str, Any]) -> PredictedRide:
    ride = document["ride"]
    joined = Rank(document["actual_received_at"], document["actual_id"]) if "actual_id" in document else None
    return PredictedRide(document["_id"], ride["ride_id"], document["model_version"], ride["pickup_time"], joined)
