"""What every test stands on: no account, no region, no profile of the machine's own."""

import os
import pathlib

from hypothesis import settings

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

STACKS = (
    "tests/e2e/",
    "tests/faults/",
    "tests/integration/test_embedded.py",
    "tests/security/test_api_under_fire.py",
)
"""Where tests start stacks, whose starting, usual ports and time-outs are the machine's."""
REAL_RIDES = pathlib.Path(__file__).parents[2] / "shared" / "data" / "tlc"
"""The TLC samples, where they are at hand; tests that use them say so when they are not."""


def pytest_configure(config):
    """Take Hypothesis's 200 ms an example from parallel workers: how long one takes is the other workers' doing."""
    if hasattr(config, "workerinput"):
        settings.register_profile("parallel", deadline=None)
        settings.load_profile("parallel")


def pytest_collection_modifyitems(items):
    """Mark the tests of files that start stacks: `make test` runs these by themselves, one after another."""
    for item in items:
        if item.nodeid.startswith(STACKS):
            item.add_marker("stack")
