import json

import boto3
import pytest
from moto import mock_aws

from adapters.errors import QueueUnavailable, StoreUnavailable
from adapters.objects import Objects
from adapters.queue import EventQueue
from adapters.redrive import RedriveResult, redrive, redrive_spill
from record.redrive import handler
from tests.calls import EVENTS
from tests.fakes.aws import FakeObjects, FakeSqs
from tests.samples import NOON, body, prediction

QUEUE = "https://queue"


class Aws:
    """A bucket, a queue and its dead-letter queue in moto."""

    def __init__(self) -> None:
        self.s3, self.sqs = boto3.client("s3"), boto3.client("sqs")
        self.s3.create_bucket(Bucket="rides")
        self.queue, self.dlq = (self.sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("events", "dead"))
        self.objects = Objects(self.s3, "rides")

    def bodies(self, url: str) -> list[str]:
        """Take every message of a queue."""
        taken: list[str] = []
        while messages := self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            taken += [message["Body"] for message in messages]
        return taken


@pytest.fixture
def aws():
    """Put moto in the place of AWS."""
    with mock_aws():
        yield Aws()


def spilled(count: int) -> FakeObjects:
    """Give a bucket with so many spilled messages, and a model."""
    objects = FakeObjects()
    for n in range(count):
        objects.put(f"spill/2026-01-01/{n:03}.json", f"body {n}".encode())
    objects.put("models/v1/card.json", b"{}")
    return objects


def test_dead_letters_and_spill_go_back_to_the_queue(aws):
    """Word for word; nothing stays behind."""
    letters = [f"letter {n}" for n in range(23)]
    for letter in letters:
        aws.sqs.send_message(QueueUrl=aws.dlq, MessageBody=letter)
    aws.objects.put("spill/2026-01-01/a.json", b"spilled")
    assert redrive(aws.sqs, aws.dlq, aws.queue, aws.objects) == RedriveResult(spilled=1, dead_letters=23)
    assert sorted(aws.bodies(aws.queue)) == sorted([*letters, "spilled"])
    assert aws.bodies(aws.dlq) == []
    assert list(aws.objects.list("spill/")) == []


def test_nothing_to_put_back_is_nothing(aws):
    """Two zeros, no error."""
    assert redrive(aws.sqs, aws.dlq, aws.queue, aws.objects) == RedriveResult(0, 0)


def test_a_dead_letter_that_the_queue_does_not_take_stays(aws):
    """Sent first, deleted afterwards."""
    aws.sqs.send_message(QueueUrl=aws.dlq, MessageBody="letter")
    aws.sqs.set_queue_attributes(QueueUrl=aws.dlq, Attributes={"VisibilityTimeout": "0"})
    with pytest.raises(QueueUnavailable):
        redrive(aws.sqs, aws.dlq, aws.queue + "-gone", aws.objects)
    assert aws.sqs.receive_message(QueueUrl=aws.dlq)["Messages"][0]["Body"] == "letter"


def test_what_is_spilled_is_what_goes_back(aws):
    """From the queue that refused to the queue that takes, to the byte."""
    refusing = EventQueue(aws.sqs, aws.queue + "-gone", aws.objects)
    assert refusing.send([prediction()], NOON).spilled == 1
    redrive(aws.sqs, aws.dlq, aws.queue, aws.objects)
    assert aws.bodies(aws.queue) == [body(prediction()).replace(": ", ":").replace(", ", ",")]


def test_only_what_the_queue_acknowledged_is_deleted():
    """The refused ones stay, the others are gone, all else in the bucket is left alone."""
    objects, sqs = spilled(7), FakeSqs()
    sqs.refusing = {0}
    assert redrive_spill(objects, EventQueue(sqs, QUEUE, objects)) == 5
    assert sorted(objects.bodies) == ["models/v1/card.json", "spill/2026-01-01/000.json", "spill/2026-01-01/005.json"]
    assert sorted(sqs.bodies) == [f"body {n}" for n in (1, 2, 3, 4, 6)]


def test_a_queue_that_is_away_ends_the_run_and_loses_nothing():
    """The next hour tries again."""
    objects, sqs = spilled(3), FakeSqs()
    sqs.away = True
    with pytest.raises(QueueUnavailable):
        redrive_spill(objects, EventQueue(sqs, QUEUE, objects))
    assert len(objects.bodies) == 4


def test_a_bucket_that_is_away_ends_the_run():
    """Nothing is sent that cannot be deleted."""
    objects, sqs = spilled(3), FakeSqs()
    objects.away = True
    with pytest.raises(StoreUnavailable):
        redrive_spill(objects, EventQueue(sqs, QUEUE, objects))
    assert sqs.bodies == []


def test_a_run_is_bounded_and_takes_the_oldest_first():
    """The rest has its turn in the next run."""
    objects, sqs = spilled(8), FakeSqs()
    assert redrive_spill(objects, EventQueue(sqs, QUEUE, objects), limit=6) == 6
    assert [key for key in objects.bodies if key.startswith("spill/")] == [
        "spill/2026-01-01/006.json",
        "spill/2026-01-01/007.json",
    ]


def test_the_hourly_rule_puts_back_what_was_spilled(aws, monkeypatch):
    """By the event as EventBridge sends it; dead letters wait for a person."""
    monkeypatch.setenv("BUCKET", "rides")
    monkeypatch.setenv("QUEUE_URL", aws.queue)
    aws.objects.put("spill/2026-01-01/a.json", b"spilled")
    assert handler(json.loads((EVENTS / "redrive.json").read_text())) == {"spilled": 1}
    assert aws.bodies(aws.queue) == ["spilled"]


def test_what_comes_back_meanwhile_is_left_for_the_next_time(aws, monkeypatch):
    """A consumer that refuses a letter at once does not make the redrive endless."""
    aws.sqs.send_message(QueueUrl=aws.dlq, MessageBody="poison")
    send = aws.sqs.send_message

    def refused_at_once(*, QueueUrl, MessageBody):  # noqa: N803 - boto3's names
        send(QueueUrl=QueueUrl, MessageBody=MessageBody)
        send(QueueUrl=aws.dlq, MessageBody=MessageBody)

    monkeypatch.setattr(aws.sqs, "send_message", refused_at_once)
    assert redrive(aws.sqs, aws.dlq, aws.queue, aws.objects).dead_letters == 1
    assert aws.bodies(aws.dlq) == ["poison"]
