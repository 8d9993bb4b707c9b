"""`Reviews` in memory: the contract tests hold it to what the real one does."""

from contracts.reviews import Review, Reviewed
from tests.fakes.mongodb import FakeMongo, _insert_new, _stored


class FakeReviews:
    """`Reviews` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def add(self, predictions, stored_at):
        """As the real one."""
        flagged = [each for each in predictions if each.flags]
        reviews = [Review(prediction_id=p.prediction_id, flags=p.flags, stored_at=stored_at) for p in flagged]
        _insert_new(self._database["reviews"], [each.model_dump() | {"_id": each.prediction_id} for each in reviews])

    def latest(self, state, limit, before=None):
        """As the real one."""
        found = sorted(self._database["reviews"].values(), key=lambda document: document["_id"], reverse=True)
        of_state = [each for each in found if each["state"] == state and (before is None or each["_id"] < before)]
        predictions = self._database["predictions"]
        return [_reviewed(e, predictions[e["_id"]]) for e in of_state[:limit] if e["_id"] in predictions]

    def decide(self, prediction_id, decision, who, why, now):
        """As the real one."""
        document = self._database["reviews"].get(prediction_id)
        if document is None:
            return False
        document |= {"state": decision, "who": who, "why": why, "decided_at": _stored(now)}
        return True


def _reviewed(review, prediction):
    told = {name: prediction.get(name) for name in Reviewed.model_fields if name not in Review.model_fields}
    return Reviewed.model_validate(told | {name: review[name] for name in Review.model_fields})
