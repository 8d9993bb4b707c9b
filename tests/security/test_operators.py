"""Nothing from a body reaches a MongoDB operator: ids are texts, names are the contracts', operators are ours."""

import pytest
from pymongo import monitoring

import record.app
from contracts.events import Actual, Prediction, Rejection
from contracts.reviews import Review
from tests.calls import call
from tests.samples import actual, body, prediction, sqs_event
from tests.security.hostile import CORPUS, OPERATORS, RIDE
from tests.unit.conftest import api

__all__ = ["api"]

OURS = {"$set", "$max", "$in", "$exists", "$setOnInsert"}
TRANSPORT = {"$db", "$clusterTime"}
STORED = {"_id", "event_time", "stored_at", "changed_at", "model_version", "hour"}


class Commands(monitoring.CommandListener):
    """Every command that a client sends."""

    def __init__(self):
        self.sent = []

    def started(self, event):
        self.sent.append((event.command_name, event.command))

    def succeeded(self, event):
        pass

    def failed(self, event):
        pass


@pytest.fixture
def commands():
    """Listen to every client that is made meanwhile."""
    listener = Commands()
    listeners = monitoring._LISTENERS.command_listeners
    listeners.append(listener)
    yield listener
    listeners.remove(listener)


def operators(value):
    """Give every name that begins with a dollar, wherever it stands."""
    if isinstance(value, dict):
        found = {name for name in value if name.startswith("$")}
        return found.union(*(operators(part) for part in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(operators(part) for part in value))
    return set()


def hostile_messages(api):
    """Give the messages that the API sends when it is asked everything of the corpus, and what a forger would send."""
    for hostile in CORPUS:
        for path in ("/predict", "/actuals"):
            api.ask(call("POST", path, hostile.body.decode(errors="replace")))
    api.ask(call("POST", "/predict", {"rides": [RIDE | {"ride_id": f"r-{place}"} for place in range(5)]}))
    yield from api.outside.sqs.bodies
    for name in OPERATORS:
        for event in (prediction(), actual()):
            told = event.model_dump(mode="json")
            yield body(told | {name: 1})
            yield body(told | {"features": {name: 1}, "ride_id": {name: ""}})
            yield body(told | {"prediction_id": {name: ""}, "actual_id": {name: ""}})
    yield body(actual("a-1"), prediction("p-1"))


def test_no_operator_and_no_name_of_a_command_is_a_callers(environment, api, commands):
    """The whole corpus is asked, and forged messages are put into the queue; every command is looked at."""
    environment("RecordFunction")
    for message in hostile_messages(api):
        assert record.app.handler(sqs_event(message)) == {"batchItemFailures": []}
    assert {name for name, _ in commands.sent} >= {"insert", "find", "update"}
    assert operators([dict(command) for _, command in commands.sent]) - TRANSPORT <= OURS
    assert inserted(commands) <= STORED | set().union(
        *(kind.model_fields for kind in (Prediction, Actual, Rejection, Review))
    )


def inserted(commands):
    """Give the names of the fields of every document that was inserted."""
    documents = [part for name, command in commands.sent if name == "insert" for part in command["documents"]]
    assert documents
    assert all(isinstance(document["_id"], str) for document in documents)
    return {field for document in documents for field in document}
