"""The `reviews` collection: flagged predictions, and what a person said of each."""

from collections.abc import Iterable
from datetime import datetime

from pymongo import DESCENDING
from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.documents import by_fifties, insert_new
from adapters.mongodb.errors import reaching_mongodb
from contracts.events import Prediction
from contracts.reviews import Decision, Review, Reviewed, State

OF_THE_PREDICTION = ("ride", "minutes", "model_version", "served_by", "predicted_at")
SHOWN = dict.fromkeys((*OF_THE_PREDICTION, "actual"), 1)
AFTER_ALL = "\N{LATIN SMALL LETTER Y WITH DIAERESIS}"
"""Above every id: ids are ASCII."""


class Reviews:
    """One review per flagged prediction, by its id; ids sort by time. Every method raises StoreUnavailable."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["reviews"]
        self._predictions = database["predictions"]

    def add(self, predictions: Iterable[Prediction], stored_at: datetime) -> None:
        """Let those that carry a flag wait for a person, each once, however often it is delivered."""
        insert_new(self._collection, [_document(each, stored_at) for each in predictions if each.flags])

    def latest(self, state: State, limit: int, before: str | None = None) -> list[Reviewed]:
        """List reviews of a state beside their predictions, the latest prediction first; those before an id."""
        query: Document = {"state": state, "_id": {"$lt": before or AFTER_ALL}}
        with reaching_mongodb():
            found = list(self._collection.find(query).sort("_id", DESCENDING).limit(limit))
            predictions = self._of(document["_id"] for document in found)
        return [_reviewed(each, predictions[each["_id"]]) for each in found if each["_id"] in predictions]

    def decide(self, prediction_id: str, decision: Decision, who: str, why: str, now: datetime) -> bool:
        """Note what a person says, in place of what was said before; tell whether there is such a review."""
        said = {"state": decision, "who": who, "why": why, "decided_at": now}
        with reaching_mongodb():
            return self._collection.update_one({"_id": prediction_id}, {"$set": said}).matched_count == 1

    def _of(self, ids: Iterable[str]) -> dict[str, Document]:
        chunks = by_fifties(ids)
        return {one["_id"]: one for some in chunks for one in self._predictions.find({"_id": {"$in": some}}, SHOWN)}


def _document(prediction: Prediction, stored_at: datetime) -> Document:
    review = Review(prediction_id=prediction.prediction_id, flags=prediction.flags, stored_at=stored_at)
    return review.model_dump() | {"_id": prediction.prediction_id}


def _reviewed(review: Document, prediction: Document) -> Reviewed:
    said = {name: review[name] for name in Review.model_fields}
    told = {name: prediction[name] for name in OF_THE_PREDICTION}
    return Reviewed.model_validate(said | told | {"actual": prediction.get("actual")})
