import gzip
import json
import types

import boto3
import pytest
from moto import mock_aws

from adapters.errors import StoreUnavailable
from record import app
from record.settings import SettingMissing
from tests.calls import EVENTS
from tests.fakes.mongodb import FakeMongo
from tests.samples import actual, body, prediction, rejection, sqs_event
from tests.stores import fake_stores

BUCKET = "rides"
EVERYTHING = body(prediction(), actual(), rejection())


@pytest.fixture
def mongo(monkeypatch):
    """Put a MongoDB in memory in the place of the one behind the secret."""
    mongo = FakeMongo()
    monkeypatch.setattr(app, "stores", lambda: fake_stores(mongo))
    return mongo


@pytest.fixture
def s3(monkeypatch):
    """Give a bucket in moto, and a process that knows it."""
    for name, value in {"BUCKET": BUCKET, "MONGODB_SECRET": "mongodb", "RETENTION_DAYS": "90"}.items():
        monkeypatch.setenv(name, value)
    app.here.cache_clear()
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket=BUCKET)
        monkeypatch.setenv("DLQ_URL", boto3.client("sqs").create_queue(QueueName="dead")["QueueUrl"])
        yield client
    app.here.cache_clear()


def failed(answer: dict) -> list[str]:
    """Give the ids of the messages that come again."""
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def dead_letters() -> list[str]:
    """Take the bodies in the dead-letter queue."""
    queue = boto3.client("sqs").get_queue_url(QueueName="dead")["QueueUrl"]
    return [letter["Body"] for letter in boto3.client("sqs").receive_message(QueueUrl=queue).get("Messages", ())]


def archived(s3) -> list[dict]:
    """Give every event in S3."""
    keys = [found["Key"] for found in s3.list_objects_v2(Bucket=BUCKET).get("Contents", ())]
    bodies = [gzip.decompress(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()) for key in keys]
    return [json.loads(line) for lines in bodies for line in lines.splitlines()]


def test_a_batch_is_stored_in_both_places(s3, mongo):
    """Every kind of event, in S3 and in MongoDB; nothing comes again."""
    assert failed(app.handler(sqs_event(EVERYTHING, body(prediction("p2", "r2"))))) == []
    assert sorted(event["kind"] for event in archived(s3)) == ["actual", "prediction", "prediction", "rejection"]
    assert mongo["predictions"]["p1"]["actual"] == 15.0
    assert [len(mongo[name]) for name in ("predictions", "actuals", "rejections")] == [2, 1, 1]


@pytest.mark.usefixtures("s3")
def test_a_flagged_prediction_waits_for_a_person(mongo):
    message = body(prediction("p1", flags=("absurd_distance",)), prediction("p2", flags=()))
    for _ in range(2):
        app.handler(sqs_event(message))
    assert {name: one["state"] for name, one in mongo["reviews"].items()} == {"p1": "waiting"}


def test_the_event_as_sqs_sends_it_is_recorded(s3, mongo):
    """One message of three events; the actual finds its ride."""
    assert failed(app.handler(json.loads((EVENTS / "record.json").read_text()))) == []
    (document,) = mongo["predictions"].values()
    assert document["actual"] == 18.25
    assert len(archived(s3)) == 3


@pytest.mark.parametrize(
    "poison",
    [
        "not JSON",
        "[]",
        '{"schema_version": 2, "events": []}',
        '{"schema_version": 1}',
        '{"schema_version": 1, "events": [], "more": 1}',
        '{"schema_version": 1, "events": [' * 500,
        body({"kind": "nothing"}),
        body(prediction().model_dump(mode="json") | {"schema_version": 2}),
        body(prediction().model_dump(mode="json") | {"features": {"$where": 1}}),
        body(prediction().model_dump(mode="json") | {"features": {"zone": 2**80, "at\0": 1}}),
        body(prediction().model_dump(mode="json") | {"predicted_at": "0001-01-01T00:00:00+14:00"}),
        body(prediction().model_dump(mode="json") | {"minutes": "NaN"}),
        body(actual().model_dump(mode="json") | {"duration_minutes": None}),
        body(actual().model_dump(mode="json") | {"dropoff_time": "2019-03-01T12:00:00Z"}),
    ],
)
@pytest.mark.usefixtures("s3")
def test_a_poison_message_reaches_the_dead_letter_queue_alone(mongo, poison):
    """At once and word for word; its batch mates are stored."""
    assert failed(app.handler(sqs_event(body(prediction("p1")), poison, body(prediction("p2"))))) == []
    assert dead_letters() == [poison]
    assert sorted(mongo["predictions"]) == ["p1", "p2"]


def test_the_valid_events_of_a_partly_invalid_message_are_stored(s3, mongo):
    """And the message is a dead letter, so that somebody sees the rest of it."""
    message = body(prediction("p1"), {"kind": "prediction"}, actual())
    assert failed(app.handler(sqs_event(message))) == []
    assert dead_letters() == [message]
    assert mongo["predictions"]["p1"]["actual_id"] == "a1"
    assert sorted(event["kind"] for event in archived(s3)) == ["actual", "prediction"]


@pytest.mark.usefixtures("s3", "mongo")
def test_a_refused_message_is_told_without_its_payload(caplog):
    """Where and what, by the message's id."""
    app.handler(sqs_event(body(actual().model_dump(mode="json") | {"ride_id": "a secret ride"})))
    (told,) = [record for record in caplog.records if record.message == "message refused"]
    assert told.message_id == "m0"
    assert told.problems == ("events.0.actual.ride_id: string_pattern_mismatch",)


@pytest.mark.usefixtures("s3", "mongo")
def test_what_was_done_is_counted(capsys):
    """In metrics that CloudWatch reads from the log."""
    app.handler(sqs_event(EVERYTHING, "poison"))
    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    names = ("EventsRecorded", "LabelsAttached", "MessagesRefused")
    assert [metrics[-1][name] for name in names] == [[3.0], [1.0], [1.0]]


def test_a_large_batch_is_stored_in_parts(s3, mongo):
    """No bulk write is longer than the driver waits; actuals find rides of another part."""
    rides = [f"r{n}" for n in range(700)]
    app.handler(
        sqs_event(
            body(*[prediction(f"p-{ride}", ride) for ride in rides]),
            body(*[actual(f"a-{ride}", ride) for ride in rides]),
        )
    )
    assert sum("actual" in document for document in mongo["predictions"].values()) == 700
    assert len({document["stored_at"] for document in mongo["predictions"].values()}) == 2
    assert len(archived(s3)) == 1_400


def test_mongodb_away_means_all_come_again_and_s3_has_them(s3, mongo):
    """The handler raises: the queue keeps the batch. Afterwards nothing is there twice."""
    mongo.away = True
    with pytest.raises(StoreUnavailable):
        app.handler(sqs_event(EVERYTHING))
    assert len(archived(s3)) == 3
    mongo.away = False
    app.handler(sqs_event(EVERYTHING))
    assert len(archived(s3)) == 3
    assert len(mongo["predictions"]) == 1


def test_s3_away_means_all_come_again_and_mongodb_is_not_touched(s3, mongo):
    """S3 first: what is in MongoDB is in the record for ever too."""
    s3.delete_bucket(Bucket=BUCKET)
    with pytest.raises(StoreUnavailable):
        app.handler(sqs_event(EVERYTHING))
    assert mongo.collections == {}


def test_poison_alone_needs_no_mongodb(s3, mongo):
    """Nothing to store is nothing to fail on."""
    mongo.away = True
    assert failed(app.handler(sqs_event("poison"))) == []
    assert dead_letters() == ["poison"]
    assert archived(s3) == []


@pytest.mark.usefixtures("s3", "mongo")
def test_poison_that_the_dead_letter_queue_does_not_take_comes_again(monkeypatch):
    """Nothing is acknowledged that lies nowhere."""
    monkeypatch.setenv("DLQ_URL", "https://sqs.us-east-1.amazonaws.com/123456789012/gone")
    assert failed(app.handler(sqs_event("poison", body(prediction())))) == ["m0"]


@pytest.mark.usefixtures("mongo")
def test_a_missing_setting_is_told_by_name(s3, monkeypatch):
    """At the first batch, not at the first failure."""
    del s3
    monkeypatch.delenv("MONGODB_SECRET")
    with pytest.raises(SettingMissing, match="MONGODB_SECRET"):
        app.handler(sqs_event(EVERYTHING))


def test_the_stores_are_connected_by_the_secret_and_indexed_once(s3, monkeypatch):
    """A first use that fails is tried again; one that succeeded is kept."""
    del s3
    attempts = []

    def connected(uri, retention):
        attempts.append((uri, retention.days))
        if len(attempts) == 1:
            message = "away"
            raise StoreUnavailable(message)
        return fake_stores(FakeMongo())

    monkeypatch.setattr(app, "Stores", types.SimpleNamespace(at=connected))
    boto3.client("secretsmanager").create_secret(Name="mongodb", SecretString="mongodb://somewhere")
    app.stores.cache_clear()
    with pytest.raises(StoreUnavailable):
        app.handler(sqs_event(EVERYTHING))
    for _ in range(2):
        app.handler(sqs_event(EVERYTHING))
    app.stores.cache_clear()
    assert attempts == [("mongodb://somewhere", 90)] * 2
