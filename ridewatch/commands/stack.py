"""The stack: up, down, status, open."""

import json
import signal
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import typer

from ridewatch.commands.outcome import FAILED, NOT_RUNNING, USAGE, chosen_stack, fail, failing_on, running_stack
from ridewatch.embedded.state import Stack, running

LINK_SECONDS = 12 * 3600


@dataclass(frozen=True)
class Cloud:
    """Whose AWS the stack runs on, and how it comes up there: a stack, and whether it is new."""

    name: str
    up: Callable[[], tuple[Stack, bool]]
    otherwise: str = "already up"
    """What to say of one that is not new."""


def embedded(parameters: Mapping[str, str] | None = None) -> Cloud:
    """Give the cloud that needs no Docker."""
    from ridewatch.embedded import control

    return Cloud("embedded", lambda: control.up(parameters))


def up(cloud: Cloud, *, detach: bool) -> None:
    """Start the stack; unless detached, stay until Ctrl-C and end it then."""
    began = time.monotonic()
    with standing(cloud, leave=detach) as (stack, is_new):
        print(f"up in {time.monotonic() - began:.1f} s" if is_new else cloud.otherwise)
        print_addresses(stack)


@contextmanager
def standing(cloud: Cloud | None = None, *, leave: bool = False) -> Iterator[tuple[Stack, bool]]:
    """Give a running stack, and whether it was started here: such a one stays until Ctrl-C and ends, unless left."""
    from ridewatch.embedded.errors import EmbeddedError

    cloud = cloud or embedded()
    with failing_on(EmbeddedError), _interruptible():
        _refuse_beside(cloud)
        stack, is_new = cloud.up()
        if leave or not is_new:
            yield stack, is_new
            return
        try:
            yield stack, is_new
            _stay(stack)
        finally:
            _end()
            print("down")


def _refuse_beside(cloud: Cloud) -> None:
    """One home has one stack."""
    there = running()
    if there and there.cloud != cloud.name:
        fail(f"a stack is up on another cloud ({there.cloud}): end it with `ridewatch down`, or set RIDEWATCH_HOME")


def pairs(parameters: list[str]) -> dict[str, str]:
    """Read NAME=VALUE words, or exit with 2."""
    if wrong := [parameter for parameter in parameters if "=" not in parameter]:
        fail(f"--set takes NAME=VALUE, a parameter of template.yaml, not {wrong[0]!r}", USAGE)
    return dict(parameter.split("=", 1) for parameter in parameters)


def _stay(stack: Stack) -> None:
    """Wait as long as what the stack cannot do without is alive: its AWS, where that is ours."""
    name = "aws" if "aws" in stack.processes else "exporter"
    print("Ctrl-C ends it.")
    while stack.processes[name].is_alive:
        time.sleep(0.5)
    fail(f"the stack ended by itself; see .ridewatch/logs/{name}.log")


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the command as Ctrl-C does."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def print_addresses(stack: Stack) -> None:
    """Print where everything is."""
    for name, address in (
        ("API", stack.api_url),
        ("API key", stack.api_key),
        ("reports", f"{stack.reports_url}  (`ridewatch open`)"),
        ("metrics", stack.metrics_url),
        (
            "Prometheus",
            stack.prometheus_url or "not started: there is none on the PATH (Debian: apt install prometheus)",
        ),
        ("MongoDB", stack.mongodb_uri),
        ("AWS", stack.endpoint_url),
    ):
        print(f"  {name:<10} {address}")


def down() -> None:
    """End the stack."""
    from ridewatch.embedded.errors import EmbeddedError

    with failing_on(EmbeddedError):
        print("down" if _end() else "nothing was up")


def _end() -> bool:
    """End the stack where it runs; tell whether there was anything."""
    stack = running()
    if stack and stack.cloud == "localstack":
        from ridewatch.localstack.control import down as leave

        return leave()
    from ridewatch.embedded.control import down as end

    return end()


def status(*, as_json: bool) -> None:
    """Say where the stack is and whether its parts answer; exit with 3 without a stack, with 1 if a part is silent."""
    stack = running()
    if stack is None:
        if as_json:
            print(json.dumps({"running": False}))
            raise typer.Exit(NOT_RUNNING)
        running_stack()
        return
    _print_status(stack, as_json=as_json)


def _print_status(stack: Stack, *, as_json: bool) -> None:
    from ridewatch.embedded.status import status as ask

    found = ask(stack)
    if as_json:
        print(json.dumps(found, indent=2))
    else:
        print_addresses(stack)
        print(f"  champion {found['champion'] or 'none yet: `ridewatch train --data simulated`'}")
        print("  answer   " + ", ".join(f"{name} {'yes' if well else 'NO'}" for name, well in found["parts"].items()))
    if not all(found["parts"].values()):
        raise typer.Exit(FAILED)


def link(stack: Stack, now: float) -> str:
    """Make a link to the report page that is good for twelve hours."""
    from reports.signing import signed_query

    secret = stack.client("secretsmanager").get_secret_value(SecretId=stack.secrets["SigningSecretArn"])
    return f"{stack.reports_url}?{signed_query(secret['SecretString'], '/reports', int(now) + LINK_SECONDS)}"


def open_page(name: str | None, *, only_print: bool) -> None:
    """Open the report page in a browser, or print its link where there is none."""
    address = link(chosen_stack(name), time.time())
    if only_print or not webbrowser.open(address):
        print(address)
