"""Redrive: what was spilled, and what the dead-letter queue holds, goes back to the queue."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from adapters.aws import translated
from adapters.errors import QueueUnavailable
from adapters.objects import Objects
from adapters.queue import MESSAGES_PER_REQUEST, EventQueue

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

SPILL = "spill/"
AT_A_TIME = 1_000
"""Spilled messages that one call puts back: about a minute's work."""


class RedriveResult(NamedTuple):
    """How many messages went back to the queue."""

    spilled: int
    dead_letters: int


def redrive(sqs: "SQSClient", dlq_url: str, queue_url: str, objects: Objects) -> RedriveResult:
    """Put everything back. Raises QueueUnavailable, StoreUnavailable; what was not put back stays where it is."""
    dead_letters = redrive_dead_letters(sqs, dlq_url, queue_url)
    return RedriveResult(redrive_spill(objects, EventQueue(sqs, queue_url, objects)), dead_letters)


def redrive_spill(objects: Objects, queue: EventQueue, limit: int = AT_A_TIME) -> int:
    """Offer spilled messages to the queue, the oldest first, and delete those that it acknowledged."""
    keys = tuple(islice(objects.list(SPILL), limit))
    return sum(_put_back(keys[start : start + MESSAGES_PER_REQUEST], objects, queue) for start in _starts(keys))


def _starts(keys: Sequence[str]) -> range:
    return range(0, len(keys), MESSAGES_PER_REQUEST)


def _put_back(keys: Sequence[str], objects: Objects, queue: EventQueue) -> int:
    bodies = {key: objects.get(key).decode() for key in keys}
    refused, problem = queue.offer(tuple(bodies.values()))
    taken = [key for key, body in bodies.items() if body not in refused]
    for key in taken:
        objects.delete(key)
    if not taken:
        raise QueueUnavailable(problem)
    return len(taken)


def redrive_dead_letters(sqs: "SQSClient", dlq_url: str, queue_url: str) -> int:
    """Send each dead letter to the queue, then delete it: a crash in between delivers it twice, never not at all.

    StartMessageMoveTask would do it inside SQS, but MiniStack does not know it. Only as many as wait now are sent:
    what `record` refuses again is a letter of the next time.
    """
    moved = 0
    with translated(f"queue {dlq_url}", missing=QueueUnavailable, unavailable=QueueUnavailable):
        for letter in islice(_letters(sqs, dlq_url), _waiting(sqs, dlq_url)):
            sqs.send_message(QueueUrl=queue_url, MessageBody=letter["Body"])
            sqs.delete_message(QueueUrl=dlq_url, ReceiptHandle=letter["ReceiptHandle"])
            moved += 1
    return moved


def _waiting(sqs: "SQSClient", url: str) -> int:
    answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(answer["Attributes"]["ApproximateNumberOfMessages"])


def _letters(sqs: "SQSClient", dlq_url: str) -> Iterator["MessageTypeDef"]:
    while letters := sqs.receive_message(QueueUrl=dlq_url, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages"):
        yield from letters
