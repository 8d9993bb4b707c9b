"""The `alerts` collection: one document per alert, with what of it is still to be sent."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from pymongo import DESCENDING, ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from contracts.alerts import Alert, Delivery, Transition

OF_SENDING = {"sent_at", "arrived_at"}
"""What an alert's document knows beside its transitions."""
UNSENT: Document = {"pending.delivery_id": {"$gt": ""}}
AT_ONCE = 100
MOST_OPEN = 500


class Alerts:
    """Alerts by id: a change and the intent to send it are one write. Every method raises StoreUnavailable."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["alerts"]

    def open(self) -> list[Alert]:
        """List those that are open, pages before tickets, the latest first."""
        with reaching_mongodb():
            found = self._collection.find({"state": "open"}).sort("at", DESCENDING).limit(MOST_OPEN)
            return sorted(map(_alert, found), key=lambda alert: alert.severity)

    def resolved(self, limit: int, before: datetime) -> list[Alert]:
        """List those that are over, without tests, the latest first; those that opened before a moment."""
        query: Document = {"state": "resolved", "at": {"$lt": before}, "rule": {"$ne": "test"}}
        with reaching_mongodb():
            return [_alert(document) for document in self._collection.find(query).sort("at", DESCENDING).limit(limit)]

    def last_test(self) -> Alert | None:
        """Find the latest test alert."""
        with reaching_mongodb():
            document = self._collection.find_one({"rule": "test"}, sort=[("at", DESCENDING)])
        return _alert(document) if document else None

    def change(self, transition: Transition, deliveries: Sequence[Delivery]) -> bool:
        """Make a transition and note what is to be sent of it; tell whether it was news."""
        pending = [delivery.model_dump() for delivery in deliveries]
        if transition.action in {"opened", "tested"}:
            return self._insert(transition.alert, pending)
        update = {"$set": _fields(transition.alert), "$push": {"pending": {"$each": pending}}}
        with reaching_mongodb():
            return self._collection.update_one(_as_before(transition), update).matched_count == 1

    def claim(self, now: datetime, until: datetime) -> Iterator[list[Delivery]]:
        """Take each alert of which something is to be sent, for this caller alone until then, in the order it came."""
        free: Document = {"claimed_until": {"$not": {"$gt": now}}}
        with reaching_mongodb():
            waiting = [document["_id"] for document in self._collection.find(UNSENT, {"_id": 1}).limit(AT_ONCE)]
        for alert_id in sorted(waiting):
            with reaching_mongodb():
                taken = self._collection.find_one_and_update(
                    {"_id": alert_id} | UNSENT | free,
                    {"$set": {"claimed_until": until}},
                    return_document=ReturnDocument.AFTER,
                )
            if taken:
                yield [Delivery.model_validate(each) for each in taken["pending"]]

    def sent(self, delivery: Delivery, at: datetime) -> None:
        """Note that a delivery was sent."""
        done = {"$pull": {"pending": {"delivery_id": delivery.delivery_id}}, "$set": {"sent_at": at}}
        with reaching_mongodb():
            self._collection.update_one({"_id": delivery.transition.alert.alert_id}, done)

    def release(self, alert_id: str) -> None:
        """Give a claim back: whoever comes next may send what is left."""
        with reaching_mongodb():
            self._collection.update_one({"_id": alert_id}, {"$unset": {"claimed_until": ""}})

    def arrived(self, alert_id: str, at: datetime) -> bool:
        """Note that a test alert came back; tell whether it is one of ours and the first to say so."""
        with reaching_mongodb():
            update = {"$set": {"arrived_at": at}}
            return self._collection.update_one({"_id": alert_id, "arrived_at": None}, update).matched_count == 1

    def _insert(self, alert: Alert, pending: list[Document]) -> bool:
        document = _fields(alert) | {"_id": alert.alert_id, "sent_at": None, "arrived_at": None, "pending": pending}
        with reaching_mongodb(), suppress(DuplicateKeyError):
            self._collection.insert_one(document)
            return True
        return False


def _as_before(transition: Transition) -> Document:
    """Say what an alert must still be for a transition to be news."""
    alert = transition.alert
    still_open: Document = {"_id": alert.alert_id, "state": "open"}
    if transition.action == "updated" and alert.evidence:
        return still_open | {"evidence.window.end": {"$lt": alert.evidence.window.end}}
    return still_open


def _fields(alert: Alert) -> Document:
    return alert.model_dump(exclude=OF_SENDING)


def _alert(document: Document) -> Alert:
    return Alert.model_validate({name: document[name] for name in Alert.model_fields if name in document})
