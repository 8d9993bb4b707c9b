"""What every test stands on: no account, no region, no profile of the machine's own."""

import os
import pathlib

import pytest

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true",
    POWERTOOLS_TRACE_DISABLED="true",
    POWERTOOLS_METRICS_NAMESPACE="Ridewatch",
    POWERTOOLS_SERVICE_NAME="test",
)
os.environ.pop("AWS_PROFILE", None)

REAL_RIDES = pathlib.Path(__file__).parents[2] / "shared" / "data" / "tlc"
"""The TLC samples, where they are at hand; tests that use them say so when they are not."""


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(config, items):
    """Share out whole files among parallel workers; those with a stack keep to one worker, which begins with them."""
    if not hasattr(config, "workerinput"):
        return
    stacks = {item.path for item in items if {"home", "stack"} & set(item.fixturenames)}
    items.sort(key=lambda item: item.path not in stacks)
    for item in items:
        item.add_marker(pytest.mark.xdist_group("stacks" if item.path in stacks else str(item.path)))
