"""`Alerts`, `Silences` and `Acceptances` in memory."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from adapters.mongodb.alerts import OF_SENDING
from contracts.alerts import Acceptance, Alert, Delivery, Silence, Transition
from ridewatch.memory.database import MemoryDatabase
from ridewatch.memory.documents import read_as, stored


class MemoryAlerts:
    """Alerts by id, with what of them is still to be sent."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def open(self) -> list[Alert]:
        """List those that are open, pages before tickets, the latest first."""
        found = self._latest_first(lambda document: document["state"] == "open")
        return sorted(found, key=lambda alert: alert.severity)

    def resolved(self, limit: int, before: datetime) -> list[Alert]:
        """List those that are over, without tests, the latest first; those that opened before a moment."""
        return self._latest_first(
            lambda document: document["state"] == "resolved" and document["rule"] != "test" and document["at"] < before
        )[:limit]

    def last_test(self) -> Alert | None:
        """Find the latest test alert."""
        return next(iter(self._latest_first(lambda document: document["rule"] == "test")), None)

    def change(self, transition: Transition, deliveries: Sequence[Delivery]) -> bool:
        """Make a transition and note what is to be sent of it; tell whether it was news."""
        alert, documents = transition.alert, self._database["alerts"]
        there = documents.get(alert.alert_id)
        pending = [stored(delivery.model_dump()) for delivery in deliveries]
        fields = stored(alert.model_dump(exclude=OF_SENDING))
        if transition.action in {"opened", "tested"}:
            if there is None:
                own = {"_id": alert.alert_id, "sent_at": None, "arrived_at": None, "pending": pending}
                documents[alert.alert_id] = fields | own
            return there is None
        if there is None or there["state"] != "open" or _is_old(transition, there):
            return False
        there |= fields | {"pending": [*there["pending"], *pending]}
        return True

    def claim(self, now: datetime, until: datetime) -> Iterator[list[Delivery]]:
        """Take each alert of which something is to be sent, for this caller alone until then."""
        for document in sorted(self._database["alerts"].values(), key=lambda document: str(document["_id"])):
            if document["pending"] and document.get("claimed_until", now) <= now:
                document["claimed_until"] = until
                yield [Delivery.model_validate(each) for each in document["pending"]]

    def sent(self, delivery: Delivery, at: datetime) -> None:
        """Note that a delivery was sent."""
        document = self._database["alerts"][delivery.transition.alert.alert_id]
        left = [each for each in document["pending"] if each["delivery_id"] != delivery.delivery_id]
        document |= {"pending": left, "sent_at": stored(at)}

    def release(self, alert_id: str) -> None:
        """Give a claim back."""
        self._database["alerts"][alert_id].pop("claimed_until", None)

    def arrived(self, alert_id: str, at: datetime) -> bool:
        """Note that a test alert came back; tell whether it is one of ours and the first to say so."""
        document = self._database["alerts"].get(alert_id)
        if document is None or document["arrived_at"]:
            return False
        document["arrived_at"] = stored(at)
        return True

    def _latest_first(self, wanted: Callable[[dict[str, Any]], bool]) -> list[Alert]:
        found = [read_as(Alert, document) for document in self._database["alerts"].values() if wanted(document)]
        return sorted(found, key=lambda alert: alert.at, reverse=True)


class MemorySilences:
    """Until when nobody is told what a rule finds."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def add(self, silence: Silence) -> None:
        """Store one."""
        self._database["silences"][silence.silence_id] = stored(silence.model_dump())

    def holding(self, now: datetime) -> list[Silence]:
        """List those that have not ended, the one that ends first first."""
        documents = self._database["silences"].values()
        found = [read_as(Silence, document) for document in documents if document["until"] > now]
        return sorted(found, key=lambda silence: silence.until)

    def end(self, silence_id: str, now: datetime) -> bool:
        """End one now; tell whether it held."""
        document = self._database["silences"].get(silence_id)
        if document is None or document["until"] <= now:
            return False
        document["until"] = stored(now)
        return True


class MemoryAcceptances:
    """Windows that a person calls normal."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def add(self, acceptance: Acceptance) -> None:
        """Store one."""
        self._database["acceptances"][acceptance.acceptance_id] = stored(acceptance.model_dump())

    def holding(self, model_version: str | None = None) -> list[Acceptance]:
        """List those of a model version, or of all, that were not undone, the latest first."""
        found = [read_as(Acceptance, document) for document in self._database["acceptances"].values()]
        holding = [each for each in found if model_version in {None, each.model_version} and each.undone_at is None]
        return sorted(holding, key=lambda each: each.at, reverse=True)

    def undo(self, acceptance_id: str, who: str, now: datetime) -> bool:
        """Take one back; tell whether it held."""
        document = self._database["acceptances"].get(acceptance_id)
        if document is None or document["undone_at"]:
            return False
        document |= {"undone_at": stored(now), "undone_by": who}
        return True


def _is_old(transition: Transition, there: dict[str, Any]) -> bool:
    if transition.action != "updated" or transition.alert.evidence is None:
        return False
    end: datetime = there["evidence"]["window"]["end"]
    return transition.alert.evidence.window.end <= end
