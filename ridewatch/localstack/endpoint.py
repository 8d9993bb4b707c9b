"""Where LocalStack answers."""

import os

from ridewatch.embedded.aws import localstack_answers
from ridewatch.embedded.errors import NotAnswering

USUAL = "http://127.0.0.1:4566"


def find(given: str | None = None) -> str:
    """Give the address that was given, else AWS_ENDPOINT_URL, else the usual one. Raises NotAnswering."""
    address = (given or os.environ.get("AWS_ENDPOINT_URL") or USUAL).rstrip("/")
    if not localstack_answers(address):
        message = (
            f"no LocalStack answers at {address}: start one with `docker compose -f localstack/compose.yaml "
            "up --detach --wait`, or say where it is with --endpoint URL"
        )
        raise NotAnswering(message)
    return address
