"""What runs beside LocalStack on this machine: MongoDB, unless there is one, and the exporter."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ridewatch.embedded import exporter, mongodb, ports, processes
from ridewatch.embedded.errors import NotAnswering
from ridewatch.embedded.home import Home
from ridewatch.embedded.state import Part, Stack

BRIDGE = "172.17.0.1"
"""This machine as Docker's containers see it, and nobody beyond it."""


@dataclass(frozen=True)
class Served:
    """Where a part answers, and its process if it is ours."""

    address: str
    part: Part | None = None


def database(home: Home, before: Stack | None) -> Served:
    """Give MONGODB_URI's MongoDB, else the one of this stack, started if need be. Raises NotAnswering, PartFailed."""
    if uri := os.environ.get("MONGODB_URI"):
        return Served(uri)
    part = before.processes.get("mongodb") if before else None
    if before and part and part.is_alive:
        return Served(before.mongodb_uri, part)
    return _start_database(home, _port(before) if part else mongodb.PORT)


def _port(before: Stack | None) -> int:
    """Give the port of a database that has died: its data are still there."""
    return (urlsplit(before.mongodb_uri).port if before else None) or mongodb.PORT


def _start_database(home: Home, port: int) -> Served:
    _refuse_without_bridge()
    with ports.kept(port, host=BRIDGE) as kept:
        started = mongodb.start(home, kept.ports[0], kept.locks, BRIDGE)
        mongodb.await_mongodb(home, started)
    return Served(started.uri, _part(started.process))


def _refuse_without_bridge() -> None:
    if not ports.is_ours(BRIDGE):
        message = (
            f"there is no Docker bridge at {BRIDGE}, by which the functions would reach a MongoDB started here: "
            "set MONGODB_URI, and FUNCTIONS_MONGODB_URI where the functions' containers reach it by another address"
        )
        raise NotAnswering(message)


def metrics(
    home: Home, endpoint_url: str, mongodb_uri: str, outputs: Mapping[str, str], before: Stack | None
) -> Served:
    """Start the exporter of a stack, in the place of an earlier one. Raises PartFailed."""
    if before and (part := before.processes.get("exporter")):
        processes.end(part.pid, part.started)
    with ports.kept(exporter.PORT) as kept:
        started = exporter.start(home, endpoint_url, mongodb_uri, outputs, kept.ports[0], kept.locks)
        exporter.await_exporter(home, started)
    return Served(started.metrics_url, _part(started.process))


def _part(process: subprocess.Popen[bytes] | None) -> Part | None:
    return Part(process.pid, processes.started_at(process.pid)) if process else None
