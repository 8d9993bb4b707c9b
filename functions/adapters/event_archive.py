"""Events in S3, for ever: `events/kind=…/dt=YYYY-MM-DD/hour=HH/<hash>.jsonl.gz`, Hive style."""

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from adapters.objects import Objects
from contracts.events import Actual, Event, Prediction

AT_ONCE = 8
"""Uploads at a time: a replayed month spreads one batch over dozens of hours."""
HASH_DIGITS = 32


class EventArchive:
    """One object per batch, kind and hour of event time, named by what is in it: written twice, it is the same."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def add(self, events: Iterable[Event]) -> None:
        """Store events; a redelivered one may be in several objects. Raises StoreUnavailable."""
        with ThreadPoolExecutor(AT_ONCE) as uploads:
            for _ in uploads.map(self._put, by_partition(events).items()):
                pass

    def _put(self, part: tuple[str, dict[str, Event]]) -> None:
        partition, events = part
        self._objects.put(f"{partition}/{name_of(events)}.jsonl.gz", content_of(events), "application/gzip")


def by_partition(events: Iterable[Event]) -> dict[str, dict[str, Event]]:
    """Sort events, each id once, by the folder that they belong to."""
    parts: dict[str, dict[str, Event]] = defaultdict(dict)
    for event in events:
        partition = f"events/kind={event.kind}/{event_time(event):dt=%Y-%m-%d/hour=%H}"
        parts[partition].setdefault(event_id(event), event)
    return parts


def name_of(ids: Iterable[str]) -> str:
    """Name a set of events by its ids."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:HASH_DIGITS]


def content_of(events: dict[str, Event]) -> bytes:
    """Lay out events as lines of JSON in the order of their ids; the same events give the same bytes."""
    lines = (f"{event.model_dump_json()}\n" for _, event in sorted(events.items()))
    return gzip.compress("".join(lines).encode(), mtime=0)


def event_id(event: Event) -> str:
    """Give the id that tells an event from every other of its kind."""
    match event:
        case Prediction():
            return event.prediction_id
        case Actual():
            return event.actual_id
        case _:
            return event.rejection_id


def event_time(event: Event) -> datetime:
    """Give the pickup time of a prediction; of an actual and a rejection, who know none, when they were received."""
    return event.ride.pickup_time if isinstance(event, Prediction) else event.received_at
