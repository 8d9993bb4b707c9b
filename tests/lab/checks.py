"""PASS or FAIL a line: the runner of the checks that need a lab (LocalStack and a container engine)."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pymongo.errors import PyMongoError

from adapters.errors import AdapterError

FAILURES = (
    *(AssertionError, LookupError, ValueError, TypeError, OSError),
    *(subprocess.SubprocessError, ClientError, BotoCoreError, PyMongoError, AdapterError),
)
"""What a step may meet: it fails, and the next one has its turn."""


class NotWithin(AssertionError):
    """What was waited for did not come."""


class Checks:
    """Counts what passed and what failed, and says each at once."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Say whether the steps inside went well; what goes wrong is told and does not end the checks."""
        began = time.monotonic()
        try:
            yield
        except FAILURES as error:
            self.failed += 1
            self._say(f"FAIL {what}: {type(error).__name__}: {error}")
        else:
            self.passed += 1
            self._say(f"PASS {what} ({time.monotonic() - began:.1f} s)")

    def end(self) -> int:
        """Say how many passed, and give the exit code; a run of nothing is no success."""
        self._say(f"{self.passed} passed, {self.failed} failed")
        return 0 if self.passed and not self.failed else 1

    def _say(self, line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def until(found: Callable[[], Any], what: str, seconds: float = 30, every: float = 0.2) -> Any:
    """Poll until something is found, and give it. Raises NotWithin."""
    deadline = time.monotonic() + seconds
    while not (it := found()):
        if time.monotonic() > deadline:
            message = f"not within {seconds:g} s: {what}"
            raise NotWithin(message)
        time.sleep(every)
    return it
