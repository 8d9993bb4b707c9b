import gzip
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from adapters.errors import StoreUnavailable
from adapters.event_archive import EventArchive
from contracts.events import EventBatch
from tests.fakes.aws import FakeObjects
from tests.samples import PICKUP, actual, prediction, rejection

NAME = "b98d848751a3c1557a6b378fb3cc331c"


@pytest.fixture
def objects():
    """Give a bucket in memory."""
    return FakeObjects()


def events_in(content: bytes) -> list:
    """Read the events of one object."""
    lines = [json.loads(line) for line in gzip.decompress(content).splitlines()]
    return list(EventBatch.model_validate({"events": lines}).events)


def test_events_lie_by_kind_and_hour(objects):
    """In Hive's manner, by event time: a prediction's pickup, else when it was received; always UTC."""
    evening = datetime(2019, 3, 1, 22, 30, tzinfo=timezone(timedelta(hours=-5)))
    EventArchive(objects).add([prediction(pickup=evening), actual(), rejection()])
    assert [key.rsplit("/", 1)[0] for key in sorted(objects.bodies)] == [
        "events/kind=actual/dt=2019-03-01/hour=12",
        "events/kind=prediction/dt=2019-03-02/hour=03",
        "events/kind=rejection/dt=2019-03-01/hour=12",
    ]


def test_one_object_holds_a_batch_kind_and_hour(objects):
    """Each event once, in the order of the ids, as it was."""
    some = [prediction("p2"), prediction("p1"), prediction("p2"), prediction("p3", pickup=PICKUP + timedelta(hours=1))]
    EventArchive(objects).add(some)
    contents = [events_in(content) for _, content in sorted(objects.bodies.items())]
    assert contents == [[prediction("p1"), prediction("p2")], [some[3]]]


def test_the_same_events_are_the_same_object_to_the_byte(objects):
    """In another order, at another time: a redelivery writes what is there."""
    EventArchive(objects).add([prediction("p1"), prediction("p2")])
    before = dict(objects.bodies)
    EventArchive(objects).add([prediction("p2"), prediction("p1"), prediction("p1")])
    assert objects.bodies == before


def test_other_company_is_another_object(objects):
    """Readers count distinct ids."""
    EventArchive(objects).add([prediction("p1")])
    EventArchive(objects).add([prediction("p1"), prediction("p2")])
    assert len(objects.bodies) == 2


def test_the_name_is_the_hash_of_the_sorted_ids(objects):
    r"""`printf 'p1\np2' | sha256sum`, its first half."""
    EventArchive(objects).add([prediction("p2"), prediction("p1")])
    assert list(objects.bodies) == [f"events/kind=prediction/dt=2019-03-01/hour=11/{NAME}.jsonl.gz"]


def test_microseconds_are_kept(objects):
    """The record for ever is finer than MongoDB's milliseconds."""
    moment = datetime(2026, 1, 1, 0, 0, 0, 123_456, tzinfo=UTC)
    EventArchive(objects).add([prediction(predicted_at=moment)])
    (content,) = objects.bodies.values()
    assert events_in(content)[0].predicted_at == moment


def test_s3_away_is_unavailable(objects):
    """Whichever of many uploads it was."""
    objects.away = True
    with pytest.raises(StoreUnavailable):
        EventArchive(objects).add([prediction(f"p{n}", pickup=PICKUP + timedelta(hours=n)) for n in range(20)])
