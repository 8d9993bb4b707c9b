"""Unit tests run with the network off."""

import pytest
from pytest_socket import disable_socket


@pytest.fixture(autouse=True)
def _network_off():
    disable_socket(allow_unix_socket=True)
