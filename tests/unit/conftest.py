"""Unit tests run with the network off."""

import sys

import pytest
from pytest_socket import disable_socket

import predict.app
from tests.predicting import POINTER, Api, Outside


@pytest.fixture(autouse=True)
def _network_off():
    disable_socket(allow_unix_socket=True)


@pytest.fixture
def api(monkeypatch, capsys):
    """Give the API with one model in charge."""
    outside = Outside()
    outside.publish("v1")
    outside.parameters.write(POINTER, "v1")
    parts = outside.parts()
    monkeypatch.setattr(predict.app, "here", lambda: parts)
    for handler in predict.app.logger.handlers:
        monkeypatch.setattr(handler, "stream", _Out())
    return Api(predict.app.handler, outside, capsys)


class _Out:
    """Standard output as it is now: pytest exchanges it for each test."""

    def write(self, text):
        sys.stdout.write(text)

    def flush(self):
        pass
