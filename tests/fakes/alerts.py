"""The stores and channels of alerts in memory: the contract tests hold them to what the real ones do."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from adapters.errors import ChannelUnavailable
from contracts.alerts import Acceptance, Alert, Delivery, Silence, Transition
from contracts.report import Report
from tests.fakes.mongodb import FakeMongo, _stored


class FakeAlerts:
    """`Alerts` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def open(self) -> list[Alert]:
        """As the real one."""
        found = self._latest_first(lambda document: document["state"] == "open")
        return sorted(found, key=lambda alert: alert.severity)

    def resolved(self, limit: int, before: datetime) -> list[Alert]:
        """As the real one."""
        return self._latest_first(
            lambda document: document["state"] == "resolved" and document["rule"] != "test" and document["at"] < before
        )[:limit]

    def last_test(self) -> Alert | None:
        """As the real one."""
        return next(iter(self._latest_first(lambda document: document["rule"] == "test")), None)

    def change(self, transition: Transition, deliveries: Sequence[Delivery]) -> bool:
        """As the real one."""
        alert, documents = transition.alert, self._database["alerts"]
        there = documents.get(alert.alert_id)
        pending = [_stored(delivery.model_dump()) for delivery in deliveries]
        fields = _stored(alert.model_dump(exclude={"sent_at", "arrived_at"}))
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
        """As the real one."""
        for document in sorted(self._database["alerts"].values(), key=lambda document: document["_id"]):
            if document["pending"] and document.get("claimed_until", now) <= now:
                document["claimed_until"] = until
                yield [Delivery.model_validate(each) for each in document["pending"]]

    def sent(self, delivery: Delivery, at: datetime) -> None:
        """As the real one."""
        document = self._database["alerts"][delivery.transition.alert.alert_id]
        left = [each for each in document["pending"] if each["delivery_id"] != delivery.delivery_id]
        document |= {"pending": left, "sent_at": _stored(at)}

    def release(self, alert_id: str) -> None:
        """As the real one."""
        self._database["alerts"][alert_id].pop("claimed_until", None)

    def arrived(self, alert_id: str, at: datetime) -> bool:
        """As the real one."""
        document = self._database["alerts"].get(alert_id)
        if document is None or document["arrived_at"]:
            return False
        document["arrived_at"] = _stored(at)
        return True

    def _latest_first(self, wanted) -> list[Alert]:
        found = [_of(Alert, document) for document in self._database["alerts"].values() if wanted(document)]
        return sorted(found, key=lambda alert: alert.at, reverse=True)


class FakeSilences:
    """`Silences` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def add(self, silence: Silence) -> None:
        """As the real one."""
        self._database["silences"][silence.silence_id] = _stored(silence.model_dump())

    def holding(self, now: datetime) -> list[Silence]:
        """As the real one."""
        found = [_of(Silence, document) for document in self._database["silences"].values() if document["until"] > now]
        return sorted(found, key=lambda silence: silence.until)

    def end(self, silence_id: str, now: datetime) -> bool:
        """As the real one."""
        document = self._database["silences"].get(silence_id)
        if document is None or document["until"] <= now:
            return False
        document["until"] = _stored(now)
        return True


class FakeAcceptances:
    """`Acceptances` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def add(self, acceptance: Acceptance) -> None:
        """As the real one."""
        self._database["acceptances"][acceptance.acceptance_id] = _stored(acceptance.model_dump())

    def holding(self, model_version: str | None = None) -> list[Acceptance]:
        """As the real one."""
        found = [_of(Acceptance, document) for document in self._database["acceptances"].values()]
        holding = [each for each in found if model_version in {None, each.model_version} and each.undone_at is None]
        return sorted(holding, key=lambda each: each.at, reverse=True)

    def undo(self, acceptance_id: str, who: str, now: datetime) -> bool:
        """As the real one."""
        document = self._database["acceptances"].get(acceptance_id)
        if document is None or document["undone_at"]:
            return False
        document |= {"undone_at": _stored(now), "undone_by": who}
        return True


class FakeReportSeries:
    """`ReportSeries` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def last_end(self, model_version: str, kind: str) -> datetime | None:
        """As the real one."""
        return max((report.window.end for report in self._of(model_version, kind)), default=None)

    def last(self, model_version: str, kind: str, span: timedelta) -> list[Report]:
        """As the real one; the histograms stay."""
        reports = sorted(self._of(model_version, kind), key=lambda report: report.window.end)
        return [report for report in reports if report.window.end > reports[-1].window.end - span]

    def _of(self, model_version: str, kind: str) -> list[Report]:
        found = [_of(Report, document) for document in self._database["reports"].values()]
        return [each for each in found if (each.model_version, each.window.kind) == (model_version, kind)]


class FakeTopic:
    """`AlertTopic` in memory; `refuses` makes every call fail."""

    def __init__(self) -> None:
        self.published: list[tuple[Transition, str, str]] = []
        self.refuses = False

    def publish(self, transition: Transition, subject: str, text: str) -> None:
        """As the real one."""
        _answer(refuses=self.refuses)
        self.published.append((transition, subject, text))


class FakeBus:
    """`EventBus` in memory; `refuses` makes every call fail."""

    def __init__(self) -> None:
        self.put_events: list[Transition] = []
        self.refuses = False

    def put(self, transition: Transition) -> None:
        """As the real one."""
        _answer(refuses=self.refuses)
        self.put_events.append(transition)


def _answer(*, refuses: bool) -> None:
    if refuses:
        message = "it refuses"
        raise ChannelUnavailable(message)


def _is_old(transition: Transition, there) -> bool:
    end = transition.alert.evidence and transition.alert.evidence.window.end
    return transition.action == "updated" and end <= there["evidence"]["window"]["end"]


def _of(contract, document):
    return contract.model_validate({name: document[name] for name in contract.model_fields if name in document})
