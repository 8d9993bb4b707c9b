"""What the reports function is made of, and what it does when a part is not there."""

from collections import defaultdict

import boto3
import pytest
from moto import mock_aws

from adapters.errors import SecretMissing
from reports.parts import here
from reports.settings import SettingMissing

ENVIRONMENT = {
    "BUCKET": "rides",
    "MONGODB_SECRET": "mongodb",
    "API_KEY_SECRET": "api-key",
    "SIGNING_SECRET": "signing",
}


@pytest.fixture
def aws(monkeypatch):
    """Give an account with the settings in place and no secret yet."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("reports.parts.connect", lambda uri: defaultdict(lambda: uri))
    here.cache_clear()
    with mock_aws():
        yield boto3.client("secretsmanager")
    here.cache_clear()


def _store(aws):
    for name, value in (("mongodb", "mongodb://127.0.0.1:1/rides"), ("api-key", "key"), ("signing", "sign")):
        aws.create_secret(Name=name, SecretString=value)


def test_secrets_are_read_once(aws):
    """A warm function does not ask again: the first answer stands."""
    _store(aws)
    first = here()
    assert (first.keys.api, first.keys.signing) == ("key", "sign")
    assert first.reports._collection == "mongodb://127.0.0.1:1/rides"
    aws.put_secret_value(SecretId="api-key", SecretString="another")
    assert here() is first


def test_a_secret_that_comes_later_is_found(aws):
    """A failure is not remembered."""
    with pytest.raises(SecretMissing):
        here()
    _store(aws)
    assert here().keys.api == "key"


def test_an_address_of_a_file_is_signed_for_a_while(aws):
    """The browser is sent to our bucket, with an end."""
    _store(aws)
    address = here().objects.presigned("reports/x/evidently.html", 300)
    assert "rides" in address
    assert "reports/x/evidently.html" in address
    assert "Expires=" in address


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_a_missing_setting_is_named(aws, monkeypatch, name):
    """Whoever deploys reads which one."""
    _store(aws)
    monkeypatch.delenv(name)
    with pytest.raises(SettingMissing, match=name):
        here()
