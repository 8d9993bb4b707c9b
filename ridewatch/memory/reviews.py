"""`Reviews` in memory."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from contracts.events import Prediction
from contracts.reviews import Review, Reviewed
from ridewatch.memory.database import MemoryDatabase
from ridewatch.memory.documents import insert_new, stored


class MemoryReviews:
    """What of the flagged predictions a person has said."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def add(self, predictions: Iterable[Prediction], stored_at: datetime) -> None:
        """Put what is flagged on the list."""
        flagged = [each for each in predictions if each.flags]
        reviews = [Review(prediction_id=p.prediction_id, flags=p.flags, stored_at=stored_at) for p in flagged]
        documents = [each.model_dump() | {"_id": each.prediction_id} for each in reviews]
        list(insert_new(self._database["reviews"], documents))

    def latest(self, state: str, limit: int, before: str | None = None) -> list[Reviewed]:
        """List the latest of a state."""
        found = sorted(self._database["reviews"].values(), key=lambda document: document["_id"], reverse=True)
        of_state = [each for each in found if each["state"] == state and (before is None or each["_id"] < before)]
        predictions = self._database["predictions"]
        return [_reviewed(e, predictions[e["_id"]]) for e in of_state[:limit] if e["_id"] in predictions]

    def decide(self, prediction_id: str, decision: str, who: str, why: str, now: datetime) -> bool:
        """Note what a person says."""
        document = self._database["reviews"].get(prediction_id)
        if document is None:
            return False
        document |= {"state": decision, "who": who, "why": why, "decided_at": stored(now)}
        return True


def _reviewed(review: dict[str, Any], prediction: dict[str, Any]) -> Reviewed:
    told = {name: prediction.get(name) for name in Reviewed.model_fields if name not in Review.model_fields}
    return Reviewed.model_validate(told | {name: review[name] for name in Review.model_fields})
