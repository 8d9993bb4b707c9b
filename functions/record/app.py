"""The consumer of the events queue."""

import os
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from adapters.aws import client
from adapters.dead_letters import DeadLetters
from adapters.errors import QueueUnavailable
from adapters.event_archive import EventArchive
from adapters.objects import Objects
from adapters.secrets import Secrets
from record.messages import Message, read
from record.record import record
from record.settings import RecordSettings
from record.stores import Stores


@dataclass(frozen=True)
class Here:
    """What this process is made of."""

    archive: EventArchive
    dead_letters: DeadLetters
    logger: Logger
    metrics: Metrics


def handler(event: dict[str, Any], _context: object = None) -> dict[str, Any]:
    """Record a batch as a whole; the messages that were not all valid go to the dead-letter queue, alone and at once.

    No further try can help them, while a store that is away is tried again for an hour and more.
    Powertools' BatchProcessor calls a handler for each message; here one bulk write stores the batch, a third
    of a message's cost. A store that is away raises: the queue keeps the batch, and its poller slows down.
    """
    messages = [read(message) for message in event["Records"]]
    labels = record(chain.from_iterable(message.events for message in messages), here().archive, stores)
    _tell(messages, labels)
    unburied = [message for message in messages if message.problems and not _buried(message)]
    return {"batchItemFailures": [{"itemIdentifier": message.message_id} for message in unburied]}


@cache
def here() -> Here:
    """Put the process together, on first use."""
    settings = RecordSettings.of(os.environ)
    archive = EventArchive(Objects(client("s3"), settings.bucket))
    return Here(archive, DeadLetters(client("sqs"), settings.dlq_url), Logger(), Metrics())


@cache
def stores() -> Stores:
    """Connect to MongoDB, on first use: after S3 has the events. Raises StoreUnavailable, and is then tried again."""
    settings = RecordSettings.of(os.environ)
    uri = Secrets(client("secretsmanager")).read(settings.mongodb_secret)
    return Stores.at(uri, settings.retention)


def _buried(message: Message) -> bool:
    try:
        here().dead_letters.add(message.body, message.problems)
    except QueueUnavailable as error:
        here().logger.warning("dead letter refused", message_id=message.message_id, problem=str(error))
        return False
    return True


def _tell(messages: list[Message], labels: int) -> None:
    events = sum(len(message.events) for message in messages)
    refused = [message for message in messages if message.problems]
    for message in refused:
        here().logger.error("message refused", message_id=message.message_id, problems=message.problems)
    here().logger.info("batch recorded", messages=len(messages), events=events, labels=labels, refused=len(refused))
    for name, count in (("EventsRecorded", events), ("LabelsAttached", labels), ("MessagesRefused", len(refused))):
        here().metrics.add_metric(name, MetricUnit.Count, count)
    here().metrics.flush_metrics()
