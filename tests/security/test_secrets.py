"""No secret stands in the template or in an environment, and none comes into a log, whatever goes wrong."""

import json
import os
import re

import boto3
import pytest
from pymongo.errors import BulkWriteError

import drift_report.app
import predict.app
import record.app
import reports.app
from adapters.errors import StoreUnavailable
from drift_report.drawing import NotDrawn
from tests.calls import Context, call
from tests.report_site import JSON, request
from tests.reporting import ONE_WEEK
from tests.samples import body, prediction, sqs_event
from tests.security.account import MONGODB_SECRET
from tests.security.paths import PATHS, RIDE

PASSWORD = "hunter2-of-the-database"
NOBODY = "127.0.0.1:1/ridewatch?serverSelectionTimeoutMS=50&retryWrites=false"
WRONG_URIS = [
    f"mongodb://ridewatch:{PASSWORD}@{NOBODY}",
    f"mongodb://ridewatch:{PASSWORD}/x@{NOBODY}",
    f"mongodb://ridewatch:{PASSWORD}@x@{NOBODY}",
    f"mongodb://ridewatch:{PASSWORD}%@{NOBODY}",
    f"mongodb://ridewatch:{PASSWORD}:x@{NOBODY}",
    f"mongodb://ridewatch:{PASSWORD}?x@{NOBODY}",
    f"mongodb://ridewatch:{PASSWORD}@127.0.0.1:99999/",
    f"mongodb://ridewatch:{PASSWORD}@[::1/",
    f"mongodb+srv://ridewatch:{PASSWORD}@nowhere.invalid/",
    f"mongodb://ridewatch:{PASSWORD}@{NOBODY}&tlsCAFile=/nowhere/ca.pem",
]
SECRET_LIKE = re.compile(r"mongodb(\+srv)?://|AKIA[0-9A-Z]{16}|-----BEGIN|[A-Za-z0-9+]{40,}")
PAYLOAD = "jane-doe-41-elm-street"


@pytest.fixture
def written_down(capsys, caplog):
    """Give all that a process has written down so far: standard output, standard error and the log."""

    def all_of_it():
        out = capsys.readouterr()
        return out.out + out.err + caplog.text

    return all_of_it


def told(error):
    """Give what Lambda logs of an error that nobody caught: all that it comes from."""
    parts = []
    while error:
        parts.append(f"{type(error).__name__}: {error}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(parts)


def _not_drawn(*_arguments):
    raise NotDrawn


def test_an_environment_holds_names_and_no_values(functions):
    """What is secret is named by the name or the ARN of its secret, and read when it is needed."""
    for function in functions.values():
        for name, value in function["Environment"]["Variables"].items():
            assert not SECRET_LIKE.search(json.dumps(value)), name
            assert not re.search("PASSWORD|TOKEN|_URI$|_KEY$", name)
        secrets = {name: it for name, it in function["Environment"]["Variables"].items() if "SECRET" in name}
        assert all(set(value) == {"Ref"} for value in secrets.values())


def test_the_template_holds_no_secret_and_gives_none_out(written):
    """No parameter takes one, no output shows one; the API key is Secrets Manager's to say."""
    assert not SECRET_LIKE.search(json.dumps(written))
    assert not [name for name in written["Parameters"] if re.search("Password|Uri|Key|Token", name)]
    assert "resolve:" not in json.dumps(written["Outputs"])


def test_no_environment_that_was_put_in_place_holds_a_secrets_value(account, environment, functions, secret_arns):
    """Even when everything is resolved, as Lambda shows it to whoever may look."""
    client = account.session.client("secretsmanager")
    values = {client.get_secret_value(SecretId=arn)["SecretString"] for arn in secret_arns.values()}
    for name in functions:
        environment(name)
        assert not values & set(os.environ.values())


@pytest.mark.parametrize("uri", WRONG_URIS)
def test_a_wrong_uri_of_mongodb_does_not_tell_its_password(account, environment, written_down, monkeypatch, uri):
    """Every function that reads it says what is wrong without it."""
    monkeypatch.setattr("adapters.mongodb.connection.SERVER_SELECTION_MS", 50)
    account.session.client("secretsmanager").put_secret_value(SecretId=MONGODB_SECRET, SecretString=uri)
    environment("RecordFunction")
    with pytest.raises(StoreUnavailable) as recording:
        record.app.handler(sqs_event(body(prediction())))
    environment("DriftReportFunction")
    with pytest.raises(StoreUnavailable) as reporting:
        drift_report.app.handler(ONE_WEEK)
    environment("ReportsFunction")
    shown = reports.app.handler(request("/reports", Accept=JSON, x_api_key="key-of-ApiKeySecret"), None)
    assert shown["statusCode"] == 503
    assert PASSWORD not in told(recording.value) + told(reporting.value) + shown["body"] + written_down()


@pytest.mark.parametrize("function", sorted(PATHS))
def test_no_function_writes_down_a_secret_on_any_path(  # noqa: PLR0913, PLR0917 - pytest hands a fixture to each name
    account, environment, written_down, secret_arns, function, monkeypatch
):
    """Neither a key, nor a URI, nor its own credentials; Evidently, which knows none, stays out of it."""
    monkeypatch.setattr("drift_report.parts.draw", _not_drawn)
    client = account.session.client("secretsmanager")
    values = {client.get_secret_value(SecretId=arn)["SecretString"] for arn in secret_arns.values()}
    environment(function)
    PATHS[function](account)
    logged = written_down()
    assert not [value for value in values if value in logged]
    assert os.environ["AWS_SECRET_ACCESS_KEY"] + '"' not in logged


def test_what_a_caller_shows_is_not_written_down(account, environment, written_down):
    """Neither a key that is right, nor one that is wrong, nor a link."""
    environment("ReportsFunction")
    link = {"expires": "99999999999", "signature": PAYLOAD}
    for headers in (
        {"x_api_key": "key-of-ApiKeySecret"},
        {"x_api_key": PAYLOAD},
        {"Cookie": f"ridewatch_session={PAYLOAD}"},
    ):
        reports.app.handler(request("/reports", query=link, Accept=JSON, **headers), None)
    environment("PredictFunction")
    account.publish()
    predict.app.handler(call("POST", "/predict", RIDE, headers={"x-api-key": PAYLOAD}), Context())
    logged = written_down()
    assert PAYLOAD not in logged
    assert "key-of-ApiKeySecret" not in logged


def test_a_write_that_mongodb_refuses_does_not_put_the_documents_into_the_log(environment, monkeypatch):
    """The driver's error holds them all; of it only the codes are told."""
    environment("RecordFunction")
    refused = {"writeErrors": [{"index": 0, "code": 121, "errmsg": PAYLOAD, "op": {"_id": PAYLOAD}}]}

    def refuse(*_arguments, **_options):
        raise BulkWriteError(refused | {"writeConcernErrors": []})

    monkeypatch.setattr("pymongo.collection.Collection.insert_many", refuse)
    with pytest.raises(StoreUnavailable, match="121") as error:
        record.app.handler(sqs_event(body(prediction())))
    assert PAYLOAD not in told(error.value)


def test_a_poison_message_is_named_in_the_log_and_not_quoted(account, environment, written_down):
    """Its words are in the dead-letter queue."""
    environment("RecordFunction")
    poison = [PAYLOAD, body({"kind": PAYLOAD}), body({"kind": "prediction", "ride": PAYLOAD}), body({PAYLOAD: 1})]
    assert record.app.handler(sqs_event(*poison)) == {"batchItemFailures": []}
    url = account.names["EventsDlq"]
    letters = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert sorted(letter["Body"] for letter in letters) == sorted(poison)
    assert PAYLOAD not in written_down()
