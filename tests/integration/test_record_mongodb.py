import json
import os
import pathlib
import time
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto import mock_aws

from adapters.errors import StoreUnavailable
from adapters.mongodb.connection import connect, server_time
from adapters.mongodb.indexes import INDEXES, RETAINED, ensure_indexes
from adapters.mongodb.predictions import Predictions
from record import app
from record.record import Batch, store
from record.stores import Stores
from tests.calls import EVENTS
from tests.samples import NOON, actual, prediction
from tests.secantus import Server

FUNCTION_SECONDS = 60
"""What the template gives `record` for one batch."""


@pytest.fixture
def server(tmp_path: pathlib.Path):
    """Give a server of this test's own, that it may end."""
    if os.environ.get("MONGODB_URI"):
        pytest.skip("MONGODB_URI names a server that is not ours to end")
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


def test_the_uris_database_is_used_else_ridewatch():
    """As the URI says."""
    assert connect("mongodb://127.0.0.1:1/rides").name == "rides"
    assert connect("mongodb://127.0.0.1:1/").name == "ridewatch"


def test_the_databases_clock_is_in_utc(database):
    """On one machine it is this one's clock."""
    assert abs(server_time(database) - datetime.now(UTC)) < timedelta(seconds=5)


def test_every_index_is_there_however_often_it_is_asked_for(database):
    """By its name, with its fields; the arrival's index deletes what is too old."""
    for _ in range(2):
        ensure_indexes(database, timedelta(days=90))
    for index in INDEXES:
        made = database[index.collection].index_information()[index.name]
        assert [field for field, _ in made["key"]] == list(index.fields)
    for collection in RETAINED:
        retention = database[collection].index_information()["retention"]
        assert (retention["key"], retention["expireAfterSeconds"]) == ([("stored_at", 1)], 90 * 86_400)


def test_another_retention_changes_the_index(database):
    """A setting, not a migration."""
    for days in (90, 30):
        ensure_indexes(database, timedelta(days=days))
    assert {database[name].index_information()["retention"]["expireAfterSeconds"] for name in RETAINED} == {30 * 86_400}


def test_what_is_not_a_duplicate_is_an_error(database):
    """A write that fails for another reason is not taken for a redelivery."""
    database.command("create", "predictions", validator={"minutes": {"$lt": 0}})
    with pytest.raises(StoreUnavailable):
        Predictions(database).add([prediction()], NOON)


def test_a_server_that_is_away_is_told_in_time(server):
    """Long before the function's time is over; back again, the same process goes on."""
    stores = Stores.at(server.uri, timedelta(days=90))
    server.stop()
    started = time.monotonic()
    with pytest.raises(StoreUnavailable):
        store(Batch.of([prediction(), actual()]), stores)
    assert time.monotonic() - started < FUNCTION_SECONDS / 4
    server.start()
    assert store(Batch.of([prediction(), actual()]), stores) == 1


def test_the_sqs_event_goes_all_the_way(database, mongodb_uri, monkeypatch):
    """By the secret's URI, into an indexed database."""
    host, _, options = mongodb_uri.partition("?")
    uri = f"{host.rstrip('/')}/{database.name}?{options}"
    for name, value in {
        "BUCKET": "rides",
        "MONGODB_SECRET": "mongodb",
        "DLQ_URL": "https://dlq",
        "RETENTION_DAYS": "7",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="rides")
        boto3.client("secretsmanager").create_secret(Name="mongodb", SecretString=uri)
        for _ in range(2):
            assert app.handler(json.loads((EVENTS / "record.json").read_text())) == {"batchItemFailures": []}
    app.here.cache_clear()
    app.stores.cache_clear()
    assert [document["actual"] for document in database["predictions"].find()] == [18.25]
    assert database["actuals"].index_information()["retention"]["expireAfterSeconds"] == 7 * 86_400
