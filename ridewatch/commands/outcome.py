"""How a command ends: exit codes, and errors as one line with a remedy."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from ridewatch.embedded.state import Stack, running

FAILED, USAGE, NOT_RUNNING = 1, 2, 3
EXIT_CODES = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the stack is not running, 130 interrupted."


def fail(message: str, code: int = FAILED) -> NoReturn:
    """Say what is wrong and what to do, on standard error, and exit."""
    print(f"ridewatch: {message}", file=sys.stderr)
    raise typer.Exit(code)


@contextmanager
def failing_on(*errors: type[Exception]) -> Iterator[None]:
    """Turn these errors into their message and exit code 1."""
    try:
        yield
    except errors as error:
        fail(str(error))


def chosen_stack(name: str | None) -> Stack:
    """Give the stack of that name in the user's AWS account; without a name the running one, or exit with 3."""
    if not name:
        return running_stack()
    from ridewatch.embedded.aws import own_client
    from ridewatch.embedded.errors import StackMissing
    from ridewatch.embedded.outputs import on_aws

    with failing_on(StackMissing):
        return on_aws(name, own_client)


def running_stack() -> Stack:
    """Give the running stack, or exit with 3."""
    stack = running()
    if stack is None:
        fail("the stack is not running; start it with `ridewatch up --detach`", NOT_RUNNING)
    return stack
