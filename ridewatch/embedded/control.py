"""Starts and ends the embedded stack."""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ridewatch.embedded import aws, deploy, exporter, mongodb, ports, processes, prometheus, state
from ridewatch.embedded.aws import Aws
from ridewatch.embedded.exporter import Exporter
from ridewatch.embedded.home import Home, home
from ridewatch.embedded.mongodb import MongoDB
from ridewatch.embedded.outputs import stack_of, with_api_key
from ridewatch.embedded.ports import Kept
from ridewatch.embedded.prometheus import Prometheus
from ridewatch.embedded.state import Part, Stack

STARTING = Path(tempfile.gettempdir()) / f"ridewatch-{os.getuid()}.lock"
"""One stack starts at a time: two at once find the same port free, and the second is deployed into the first."""


class Parts(NamedTuple):
    """What was started."""

    cloud: Aws
    database: MongoDB
    metrics: Exporter
    watching: Prometheus | None = None


def up(parameters: Mapping[str, str] | None = None, where: Home | None = None) -> tuple[Stack, bool]:
    """Give the running stack and False, or start one and give True. Raises EmbeddedError.

    A stack of which a part has died is ended and started anew; it starts empty.
    """
    place = where or home()
    with alone(place.lock):
        stack = state.running(place)
        if stack and all(part.is_alive for part in stack.processes.values()):
            return stack, False
        end(place)
        with alone(STARTING):
            return _start_or_clean_up(place, parameters or {}), True


def down(where: Home | None = None) -> bool:
    """End everything that the stack started; tell whether there was anything."""
    place = where or home()
    with alone(place.lock):
        was_there = bool(processes.ours(place)) or place.state.exists()
        end(place)
        return was_there


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock; the kernel gives it back however its holder ends."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def end(place: Home) -> None:
    """End the processes of a home and forget its stack; the logs stay."""
    processes.end_all(place)
    place.clear()


def _start_or_clean_up(place: Home, parameters: Mapping[str, str]) -> Stack:
    """Start everything; whatever stops it, an interrupt included, leaves nothing behind."""
    started = False
    try:
        stack = _start(place, parameters)
        started = True
        return stack
    finally:
        if not started:
            end(place)


def _start(place: Home, parameters: Mapping[str, str]) -> Stack:
    place.prepare()
    watched = (prometheus.PORT,) if prometheus.is_there() else ()
    with ports.kept(aws.PORT, mongodb.PORT, exporter.PORT, *watched) as kept:
        return _start_on(kept, place, parameters)


def _start_on(kept: Kept, place: Home, parameters: Mapping[str, str]) -> Stack:
    aws_port, mongodb_port, exporter_port, *watched = kept.ports
    cloud = aws.start(place, aws_port, kept.locks)
    database = mongodb.start(place, mongodb_port, kept.locks)
    aws.await_aws(place, cloud)
    outputs = deploy.deploy(cloud.client, database.uri, parameters)
    mongodb.await_mongodb(place, database)
    metrics = exporter.start(place, cloud.endpoint_url, database.uri, outputs, exporter_port, kept.locks)
    watching = [prometheus.start(place, exporter_port, port, kept.locks) for port in watched]
    exporter.await_exporter(place, metrics)
    for one in watching:
        prometheus.await_prometheus(place, one)
    stack = _stack(Parts(cloud, database, metrics, *watching), outputs)
    state.write(stack, place)
    return stack


def _stack(parts: Parts, outputs: Mapping[str, str]) -> Stack:
    """Gather where everything is."""
    stack = stack_of(
        outputs,
        cloud="embedded",
        endpoint_url=parts.cloud.endpoint_url,
        api_url=f"{parts.cloud.endpoint_url}/_aws/execute-api/{outputs['ApiId']}/v1",
        mongodb_uri=parts.database.uri,
        metrics_url=parts.metrics.metrics_url,
        prometheus_url=parts.watching.url if parts.watching else "",
        processes=_processes(parts),
    )
    return with_api_key(stack)


def _processes(parts: Parts) -> dict[str, Part]:
    started = {
        "aws": parts.cloud.process,
        "mongodb": parts.database.process,
        "exporter": parts.metrics.process,
        "prometheus": parts.watching.process if parts.watching else None,
    }
    return {name: Part(one.pid, processes.started_at(one.pid)) for name, one in started.items() if one}
