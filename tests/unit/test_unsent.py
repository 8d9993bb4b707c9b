import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime

import boto3
import pytest
from moto import mock_aws

from contracts.events import EventBatch
from predict.telling import _tell_unsent, logger
from ridewatch.unsent import send_again, unsent
from tests.samples import actual, prediction

GROUP = "/aws/lambda/ridewatch/predict"


@dataclass
class FakeStack:
    """A stack whose AWS is moto, but for its functions."""

    queue_url: str
    bucket: str = "rides"
    functions = {"PredictFunction": "predict"}  # noqa: RUF012 - as a Stack has it

    def client(self, service):
        return self if service == "lambda" else boto3.client(service)

    def get_function_configuration(self, *, FunctionName):  # noqa: N803 - Lambda's
        assert FunctionName == "predict"
        return {"LoggingConfig": {"LogGroup": GROUP}}


@pytest.fixture
def stack():
    """A queue and a log group in moto."""
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="rides")
        boto3.client("logs").create_log_group(logGroupName=GROUP)
        boto3.client("logs").create_log_stream(logGroupName=GROUP, logStreamName="one")
        yield FakeStack(boto3.client("sqs").create_queue(QueueName="events")["QueueUrl"])


def logged(monkeypatch, *events):
    """Give the lines in which predict says of events that nobody took them."""
    said = io.StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", said)
    for event in events:
        _tell_unsent(EventBatch(events=(event,)).model_dump_json())
    return said.getvalue().splitlines()


def put(lines):
    """Put lines into the log group."""
    now = int(datetime.now(UTC).timestamp() * 1000)
    events = [{"timestamp": now + place, "message": line} for place, line in enumerate(lines)]
    boto3.client("logs").put_log_events(logGroupName=GROUP, logStreamName="one", logEvents=events)


def test_what_predict_puts_into_its_log_is_sent(stack, monkeypatch):
    events = [prediction("p1"), actual("a1")]
    put(["START", *logged(monkeypatch, *events), '"event unsent" but no JSON', '{"message": "event unsent"}', "END"])
    assert unsent(stack) == events
    assert send_again(stack) == 2
    (message,) = boto3.client("sqs").receive_message(QueueUrl=stack.queue_url)["Messages"]
    assert [event["kind"] for event in json.loads(message["Body"])["events"]] == ["prediction", "actual"]


def test_a_log_without_such_events_sends_nothing(stack):
    assert send_again(stack) == 0
