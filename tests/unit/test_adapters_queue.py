import json

import pytest

from adapters.queue import MAX_MESSAGE_BYTES, REST, EventQueue, messages
from contracts.events import EventBatch
from tests.fakes.aws import FakeObjects, FakeSqs
from tests.samples import NOON, actual, prediction


@pytest.fixture
def sqs():
    """Give a client of SQS."""
    return FakeSqs()


@pytest.fixture
def spill():
    """Give the bucket of the spill."""
    return FakeObjects()


@pytest.fixture
def queue(sqs, spill):
    """Give a queue over both."""
    return EventQueue(sqs, "https://queue", spill)


def test_a_few_events_travel_in_one_message(queue, sqs):
    """One request of one message carries them in order."""
    delivery = queue.send([prediction("p1"), prediction("p2"), actual("a1")], NOON)

    batch = EventBatch.model_validate_json(sqs.bodies[0])
    assert [event.kind for event in batch.events] == ["prediction", "prediction", "actual"]
    assert (delivery.queued, delivery.spilled, delivery.unsent, delivery.problem) == (1, 0, (), "")


def test_messages_are_as_full_as_fits():
    """No message exceeds the limit, and none could have taken the first event of the next."""
    events = [prediction(f"p{i}", features={"place": "é" * (i % 700)}) for i in range(1000)]

    bodies = list(messages(events))

    sizes = [len(body.encode()) for body in bodies]
    firsts = [len(json.dumps(json.loads(body)["events"][0], ensure_ascii=False).encode()) for body in bodies]
    assert max(sizes) <= MAX_MESSAGE_BYTES
    assert all(size + first > MAX_MESSAGE_BYTES for size, first in zip(sizes, firsts[1:], strict=False))
    read = [event for body in bodies for event in EventBatch.model_validate_json(body).events]
    assert [event.prediction_id for event in read] == [event.prediction_id for event in events]


def test_no_request_exceeds_a_mebibyte(queue, sqs):
    """More messages than one request may carry go in several."""
    queue.send([prediction(f"p{i}", features={"place": "x" * 150_000}) for i in range(7)], NOON)

    assert [len(request) for request in sqs.requests] == [5, 2]
    assert all(sum(map(len, request)) <= 1024 * 1024 for request in sqs.requests)


def test_what_the_queue_refuses_is_spilled(queue, sqs, spill):
    """Only the refused message of a request goes to S3, as it was."""
    sqs.refusing = {1}
    delivery = queue.send([prediction(f"p{i}", features={"place": "x" * 150_000}) for i in range(3)], NOON)

    (key,) = spill.bodies
    assert key.startswith("spill/2019-03-01/")
    assert EventBatch.model_validate_json(spill.bodies[key]).events[0].prediction_id == "p1"
    assert (delivery.queued, delivery.spilled, delivery.unsent) == (2, 1, ())
    assert delivery.problem


def test_when_the_queue_is_away_all_is_spilled(queue, sqs, spill):
    """An unanswered request is not tried again message by message."""
    sqs.away = True
    delivery = queue.send([actual("a1")], NOON)

    assert (delivery.queued, delivery.spilled, delivery.unsent) == (0, 1, ())
    assert len(spill.bodies) == 1
    assert "https://queue" in delivery.problem


def test_what_nobody_takes_is_given_back(queue, sqs, spill):
    """Sending does not raise: the caller has the bodies to log."""
    sqs.away = spill.away = True
    delivery = queue.send([actual("a1")], NOON)

    assert (delivery.queued, delivery.spilled) == (0, 0)
    assert EventBatch.model_validate_json(delivery.unsent[0]).events == (actual("a1"),)
    assert "S3 is away" in delivery.problem


def test_nothing_to_send_asks_nobody(queue, sqs):
    """No events, no request."""
    assert queue.send([], NOON).queued == 0
    assert sqs.requests == []


@pytest.mark.parametrize("how", ["silent", "away", "answers_503"])
def test_a_queue_that_takes_its_time_to_refuse_lets_one_caller_wait_and_not_the_next(queue, sqs, spill, how):
    """For a while all is spilled at once; then the queue is asked again."""
    setattr(sqs, how, True)
    queue.send([actual("a1")], NOON)
    queue.send([actual("a2")], NOON + REST / 2)
    assert (sqs.asked, len(spill.bodies)) == (1, 2)

    setattr(sqs, how, False)
    assert queue.send([actual("a3")], NOON + REST).queued == 1


def test_a_queue_that_refuses_at_once_is_asked_each_time(queue, sqs):
    """It lets nobody wait, and may take the next."""
    sqs.denies = True
    assert queue.send([actual("a1")], NOON).spilled == 1
    sqs.denies = False
    assert queue.send([actual("a2")], NOON).queued == 1
