"""`make localstack-check`: deploys to a LocalStack that answers, looks at everything, and leaves nothing.

A check is a small function in one of the modules below; its docstring is its line. They run in this order, and one
that fails stops only those that say they need it.
"""

import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from ridewatch.embedded import processes
from ridewatch.embedded.errors import EmbeddedError
from ridewatch.embedded.home import Home
from ridewatch.localstack.built import template
from ridewatch.localstack.endpoint import find
from tests.localstack import alerting, answering, deploying, leaving, recording, reporting, updating
from tests.localstack.inventory import inventory
from tests.localstack.verdict import judge
from tests.localstack.world import World

MODULES = (deploying, alerting, answering, recording, reporting, updating, leaving)


def main(*words):
    """Run every check on what was built; 1 if any failed, or nothing could be looked at."""
    try:
        built, endpoint = template(Path(words[0]) if words else None), find()
    except EmbeddedError as error:
        say(f"FAIL {error}\n0 passed, 1 failed")
        return 1
    return judged(built, endpoint)


def judged(built, endpoint):
    """Run every check there, and say how many passed."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ridewatch-check-", ignore_cleanup_errors=True) as folder:
        world = World(f"ridewatch-check-{os.getpid()}", Home(Path(folder).resolve()), endpoint, built)
        passed, failed = look_at(world)
    say(f"{time.monotonic() - began:.0f} s")
    say(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def look_at(world):
    """Run the checks, and take the stack down however they end."""
    world.before = inventory(world.client)
    try:
        return judge([check for module in MODULES for check in module.CHECKS.all], world, say)
    finally:
        with suppress(AssertionError):  # a check has said so, if it got as far
            world.ridewatch("down")
        processes.end_all(world.home)


def say(line):
    """Print at once: CI shows how far it is."""
    print(line, flush=True)  # noqa: T201 - the verdict


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
