"""Events on their way: to the queue, else to `spill/` in S3, else back to the caller."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from botocore.exceptions import ClientError

from adapters.aws import translated
from adapters.errors import QueueUnavailable, StoreUnavailable
from adapters.objects import Objects
from contracts.base import new_id
from contracts.events import Actual, Prediction, Rejection

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

MAX_MESSAGE_BYTES = 200 * 1024
MESSAGES_PER_REQUEST = 5
"""SendMessageBatch takes 10 messages and 1 MiB in all: five of ours are 1,000 KiB."""
REST = timedelta(seconds=5)
"""How long a queue that let a caller wait in vain is not asked again: one caller in five seconds pays, not each."""
HEAD, TAIL = '{"schema_version":1,"events":[', "]}"


@dataclass(frozen=True)
class Delivery:
    """Where the messages of one request went; `unsent` are the bodies that nobody took."""

    queued: int
    spilled: int
    unsent: tuple[str, ...]
    problem: str = ""
    """What the queue or the spill answered, when either refused."""


class Refusal(NamedTuple):
    """The bodies that were not taken, and why."""

    bodies: tuple[str, ...]
    problem: str
    slow: bool = False
    """Whether the caller waited for it: for an answer that did not come, or through a second try."""


class EventQueue:
    """The queue. Sending never raises: what the queue refuses is spilled, what the spill refuses is given back."""

    def __init__(self, client: "SQSClient", url: str, spill: Objects) -> None:
        self._client = client
        self._url = url
        self._spill = spill
        self._slow_at: datetime | None = None

    def send(self, events: Iterable[Prediction | Actual | Rejection], now: datetime) -> Delivery:
        """Send events in as few messages as fit."""
        bodies = tuple(messages(events))
        refusal = self._unless_slow(bodies, now)
        unsent = self._spilled(refusal.bodies, now)
        problems = "; ".join(filter(None, (refusal.problem, unsent.problem)))
        queued, spilled = len(bodies) - len(refusal.bodies), len(refusal.bodies) - len(unsent.bodies)
        return Delivery(queued, spilled, unsent.bodies, problems)

    def offer(self, bodies: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """Offer message bodies to the queue; give back those it refused, and why."""
        refusal = self._offer(bodies)
        return refusal.bodies, refusal.problem

    def _unless_slow(self, bodies: tuple[str, ...], now: datetime) -> Refusal:
        if self._slow_at and self._slow_at <= now < self._slow_at + REST:
            return Refusal(bodies, "the queue let a caller wait in vain and is not asked for a while")
        refusal = self._offer(bodies)
        self._slow_at = now if refusal.slow else None
        return refusal

    def _offer(self, bodies: Sequence[str]) -> Refusal:
        refused: list[str] = []
        for start in range(0, len(bodies), MESSAGES_PER_REQUEST):
            try:
                refused += self._refused(bodies[start : start + MESSAGES_PER_REQUEST])
            except QueueUnavailable as error:
                return Refusal((*refused, *bodies[start:]), str(error), _took_time(error.__cause__))
        return Refusal(tuple(refused), "the queue refused messages" if refused else "")

    def _refused(self, bodies: Sequence[str]) -> list[str]:
        with translated(f"queue {self._url}", missing=QueueUnavailable, unavailable=QueueUnavailable):
            answer = self._client.send_message_batch(
                QueueUrl=self._url, Entries=[{"Id": str(i), "MessageBody": body} for i, body in enumerate(bodies)]
            )
        return [bodies[int(failed["Id"])] for failed in answer.get("Failed", ())]

    def _spilled(self, bodies: Sequence[str], now: datetime) -> Refusal:
        for place, body in enumerate(bodies):
            try:
                self._spill.put(f"spill/{now:%Y-%m-%d}/{new_id()}.json", body.encode())
            except StoreUnavailable as error:
                return Refusal(tuple(bodies[place:]), str(error))
        return Refusal((), "")


def _took_time(cause: BaseException | None) -> bool:
    """Tell a silence, or a refusal that was tried again, from one that came at once."""
    return not isinstance(cause, ClientError) or cause.response["ResponseMetadata"].get("RetryAttempts", 0) > 0


def messages(events: Iterable[Prediction | Actual | Rejection]) -> Iterator[str]:
    """Give bodies of EventBatch, each as full as MAX_MESSAGE_BYTES allows."""
    room = MAX_MESSAGE_BYTES - len(HEAD) - len(TAIL)
    parts: list[str] = []
    size = 0
    for event in events:
        part = event.model_dump_json()
        length = len(part.encode()) + 1
        if parts and size + length > room:
            yield HEAD + ",".join(parts) + TAIL
            parts, size = [], 0
        parts.append(part)
        size += length
    if parts:
        yield HEAD + ",".join(parts) + TAIL
