"""What faults are done to: an embedded stack, its functions and its processes."""

import os
import signal

import pytest

from ridewatch.embedded import mongodb, processes

FULL = os.environ.get("FAULTS") == "full"
"""`make faults`: as long as it takes. Else the same faults, shorter."""
LONG = pytest.mark.skipif(not FULL, reason="takes minutes: `make faults` does it")
REPAIRED = 240
"""Seconds within which all is well again: a message that failed is tried again after VisibilitySeconds."""


def seconds(full, short):
    """Give a time that depends on how long the run may take."""
    return full if FULL else short


def by_name(faults, *long):
    """Give the names of faults, these only when there is time."""
    return [pytest.param(name, marks=LONG) if name.startswith(long) else name for name in faults]


def give(stack, function, **variables):
    """Set variables of a deployed function, as its operator could, and let its new version serve."""
    client, name = stack.client("lambda"), stack.functions[function].split(":")[0]
    known = client.get_function_configuration(FunctionName=name).get("Environment", {}).get("Variables", {})
    client.update_function_configuration(FunctionName=name, Environment={"Variables": known | variables})
    for alias in client.list_aliases(FunctionName=name)["Aliases"]:
        version = client.publish_version(FunctionName=name)["Version"]
        client.update_alias(FunctionName=name, Name=alias["Name"], FunctionVersion=version)


def workers(home, function):
    """Find the processes that run a function, by its name."""
    found = [(process, " ".join(process.cmdline())) for process in processes.ours(home)]
    return [process for process, command in found if "_worker.py" in command and f"-{function}-" in command]


def signalled(stack, what):
    """Send MongoDB's process a signal."""
    os.kill(stack.processes["mongodb"].pid, what)


def mongodb_again(home, stack):
    """Start MongoDB again, on its port and over its files."""
    port = int(stack.mongodb_uri.split(":")[2].split("/")[0])
    again = mongodb.start(home, port)
    mongodb.await_mongodb(home, again)
    return again


HOLD, GO_ON, ASK, KILL = signal.SIGSTOP, signal.SIGCONT, signal.SIGTERM, signal.SIGKILL
