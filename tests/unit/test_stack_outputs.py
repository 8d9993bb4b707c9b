"""A stack on AWS is found by its name and outputs; its secrets are read by whoever needs them, when they do."""

import boto3
import pytest
from botocore.exceptions import NoCredentialsError
from botocore.stub import Stubber
from typer.testing import CliRunner

from ridewatch.cli import app
from ridewatch.embedded import aws
from ridewatch.embedded.errors import StackMissing
from ridewatch.embedded.outputs import FUNCTIONS, on_aws, with_api_key, with_mongodb_uri

OUTPUTS = {
    "ApiUrl": "https://api.example/v1",
    "ApiKeySecretArn": "arn:key",
    "SigningSecretArn": "arn:signing",
    "BucketName": "bucket",
    "QueueUrl": "https://queue",
    "DlqUrl": "https://dlq",
    "ChampionParameterName": "/rides/champion",
    **{f"{name}Name": f"rides-{name}" for name in FUNCTIONS},
}
SECRETS = {"arn:key": "the-key", "db": "mongodb+srv://user:password@cluster.example/"}


class Account:
    """An account with one stack, and what was asked of it."""

    def __init__(self, outputs=None):
        self.secrets_read = []
        self._stubbed = boto3.client("cloudformation", region_name="us-east-1")
        self._stubber = Stubber(self._stubbed)
        self._stubber.activate()
        if outputs is None:
            self._stubber.add_client_error("describe_stacks", "ValidationError", "Stack with id rides does not exist")
            return
        described = {
            "StackName": "rides",
            "CreationTime": "2026-11-24T00:00:00Z",
            "StackStatus": "CREATE_COMPLETE",
            "Parameters": [{"ParameterKey": "MongoSecretName", "ParameterValue": "db"}],
            "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()],
        }
        self._stubber.add_response("describe_stacks", {"Stacks": [described]}, {"StackName": "rides"})

    def client(self, service):
        return self._stubbed if service == "cloudformation" else self

    def get_secret_value(self, SecretId):  # noqa: N803 - boto3's name
        self.secrets_read.append(SecretId)
        return {"SecretString": SECRETS[SecretId]}


@pytest.fixture
def account(monkeypatch):
    """Give an account in which Ridewatch is deployed."""
    made = Account(OUTPUTS)
    monkeypatch.setattr(aws, "own_client", made.client)
    return made


def test_a_stack_is_found_by_its_outputs_and_no_secret_is_read(account):
    stack = on_aws("rides", account.client)
    assert (stack.api_url, stack.bucket, stack.champion_parameter) == (
        "https://api.example/v1",
        "bucket",
        "/rides/champion",
    )
    assert stack.drift_report_function == "rides-DriftReportFunction"
    assert account.secrets_read == []


def test_secrets_are_read_when_they_are_needed_by_their_own_ids(account):
    stack = with_mongodb_uri(with_api_key(on_aws("rides", account.client)))
    assert (stack.api_key, stack.mongodb_uri) == (SECRETS["arn:key"], SECRETS["db"])
    assert account.secrets_read == ["arn:key", "db"]
    assert with_api_key(stack) is stack


def test_another_stack_of_the_same_name_is_refused():
    with pytest.raises(StackMissing, match="no outputs"):
        on_aws("rides", Account({}).client)


def test_a_stack_that_is_not_there_is_said_in_one_line(monkeypatch):
    monkeypatch.setattr(aws, "own_client", Account().client)
    shown = CliRunner().invoke(app, ["open", "--stack", "rides", "--print"])
    assert shown.exit_code == 1
    assert "does not exist" in shown.output
    assert "Traceback" not in shown.output


def test_missing_credentials_are_said_in_one_line(monkeypatch):
    def client(_service):
        raise NoCredentialsError

    monkeypatch.setattr(aws, "own_client", client)
    shown = CliRunner().invoke(app, ["redrive", "--stack", "rides"])
    assert shown.exit_code == 1
    assert "credentials" in shown.output
