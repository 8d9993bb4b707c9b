"""The template's policies and environments over moto's services and a real MongoDB."""

import importlib

import pytest
from moto import mock_aws

from tests.real_mongodb import database, mongodb_uri
from tests.security.account import MONGODB_SECRET, Account
from tests.security.resolved import resolved
from tests.template.conftest import functions, policies, resources, written

__all__ = ["database", "functions", "mongodb_uri", "policies", "resources", "written"]

PARTS = ("predict.parts.here", "record.app.here", "record.app.stores", "drift_report.parts.here", "reports.parts.here")
PARAMETERS = {
    "MongoSecretName": MONGODB_SECRET,
    "RetentionDays": "90",
    "TimeZone": "America/New_York",
    "MaxWindows": "24",
    "SampleRows": "100",
    "MinRows": "50",
    "MatureHours": "48",
    "FalsePagesAQuarter": "1",
    "FalseTicketsAMonth": "1",
    "LogLevel": "INFO",
}


@pytest.fixture
def account(mongodb_uri, database):
    """Give an account with everything but a model, and the function's processes not yet begun."""
    with mock_aws():
        _forget()
        yield Account.made(database, f"{mongodb_uri.partition('?')[0]}{database.name}?retryWrites=false")
        _forget()


@pytest.fixture
def environment(account, functions, monkeypatch):
    """Give a way to put a function's own environment in place, as the template says it."""

    def put(function):
        variables = functions[function]["Environment"]["Variables"]
        for name, value in resolved(variables, account.names | PARAMETERS).items():
            monkeypatch.setenv(name, value)

    return put


@pytest.fixture
def secret_arns(account):
    """Give the ARN of every secret, by its name and by itself."""
    listed = account.session.client("secretsmanager").list_secrets()["SecretList"]
    return {secret["Name"]: secret["ARN"] for secret in listed} | {secret["ARN"]: secret["ARN"] for secret in listed}


def _forget():
    """Let the next call begin a process of its own."""
    for name in PARTS:
        module, _, attribute = name.rpartition(".")
        getattr(importlib.import_module(module), attribute).cache_clear()
