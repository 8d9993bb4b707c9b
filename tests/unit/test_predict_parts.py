import json
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, repeat

import boto3
import numpy as np
import pytest
from moto import mock_aws
from skl2onnx import to_onnx
from sklearn.linear_model import LinearRegression

import predict.app
from adapters.models import ModelStore, described
from adapters.objects import Objects
from contracts.events import EventBatch
from contracts.model import NO_MODEL
from predict.parts import here
from tests.calls import Context, call, event_named, reply
from tests.cards import card
from tests.predicting import POINTER, at

BUCKET = "rides"


@pytest.fixture
def queue_url(monkeypatch):
    """Put moto in the place of AWS, with a bucket, a queue and a fresh process."""
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        url = boto3.client("sqs").create_queue(QueueName="events")["QueueUrl"]
        for name, value in {"BUCKET": BUCKET, "QUEUE_URL": url, "CHAMPION_PARAMETER": POINTER}.items():
            monkeypatch.setenv(name, value)
        here.cache_clear()
        yield url
        here.cache_clear()


@pytest.fixture
def answering(queue_url):
    """Put a real ONNX graph in charge, three minutes and four a mile; give the address of the queue."""
    rides = np.array([[0.0], [1.0], [2.0]], dtype=np.float32)
    regression = LinearRegression().fit(rides, np.array([3.0, 7.0, 11.0]))
    graph = to_onnx(regression, rides[:1]).SerializeToString()
    described_graph = {"model": described("v1", "model", graph)}
    ModelStore(Objects(boto3.client("s3"), BUCKET)).publish(card("v1", described_graph), {"model": graph})
    boto3.client("ssm").put_parameter(Name=POINTER, Value="v1", Type="String")
    return queue_url


def test_the_process_answers_from_its_environment(answering):
    """Pointer from SSM, model from S3, event to SQS."""
    answer = reply(predict.app.handler(event_named("predict"), Context()))

    (message,) = boto3.client("sqs").receive_message(QueueUrl=answering)["Messages"]
    (event,) = EventBatch.model_validate_json(message["Body"]).events
    assert answer.status == 200
    assert answer.json["duration_minutes"] == pytest.approx(163.0)
    assert event.minutes == answer.json["duration_minutes"]


def test_a_queue_that_is_gone_costs_the_caller_nothing(answering):
    """The events lie in the bucket's spill."""
    boto3.client("sqs").delete_queue(QueueUrl=answering)
    answer = reply(predict.app.handler(event_named("predict_many"), Context()))

    (key,) = Objects(boto3.client("s3"), BUCKET).list("spill/")
    batch = EventBatch.model_validate_json(Objects(boto3.client("s3"), BUCKET).get(key))
    assert answer.status == 200
    assert [event.kind for event in batch.events] == ["prediction", "prediction", "rejection"]


@pytest.mark.usefixtures("answering")
def test_health_names_the_model():
    """And when it was loaded."""
    answer = reply(predict.app.handler(event_named("health"), Context()))
    assert (answer.status, answer.json["status"], answer.json["model_version"]) == (200, "ok", "v1")


@pytest.mark.usefixtures("queue_url")
def test_without_a_champion_the_fallback_answers_and_health_says_so():
    """Never a 5xx: no version has learnt, so none is named in charge."""
    told, health = (reply(predict.app.handler(event_named(name), Context())) for name in ("predict", "health"))
    assert (told.status, health.status) == (200, 200)
    assert (told.json["served_by"], told.json["model_version"]) == ("fallback", NO_MODEL)
    assert told.json["duration_minutes"] > 0
    assert (health.json["status"], health.json["model_version"]) == ("degraded", None)
    assert POINTER in health.json["problems"][0]


@pytest.mark.usefixtures("answering")
def test_a_model_that_there_is_no_time_to_read_waits_for_the_next_call(monkeypatch):
    """The fallback answers meanwhile."""
    context, later = Context(), datetime.now(UTC) + timedelta(minutes=1)
    monkeypatch.setattr(context, "get_remaining_time_in_millis", partial(next, chain([30_000], repeat(14_000))))
    assert reply(predict.app.handler(event_named("predict"), context)).json["served_by"] == "fallback"

    health = here().champion.health(at(later, remaining_ms=14_000))
    assert "no time left to read its model" in health.problems[0]
    assert here().champion.health(at(later + timedelta(seconds=1))).status == "ok"


@pytest.mark.usefixtures("queue_url")
def test_an_invalid_ride_needs_no_model():
    """It is 422 whether there is a model or not."""
    assert reply(predict.app.handler(call("POST", "/predict", {"distance": 1}), Context())).status == 422


@pytest.mark.usefixtures("queue_url")
def test_a_missing_setting_is_an_error_with_its_name_in_the_log(monkeypatch, caplog):
    """The caller reads our shape and nothing of the inside."""
    monkeypatch.delenv("CHAMPION_PARAMETER")
    answer = reply(predict.app.handler(event_named("predict"), Context()))

    assert (answer.status, answer.error["code"]) == (500, "internal")
    assert "CHAMPION_PARAMETER" not in json.dumps(answer.json)
    assert "CHAMPION_PARAMETER" in caplog.text
