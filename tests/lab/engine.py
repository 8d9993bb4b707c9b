"""The container engine, by its command line."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

NAMES = ("localstack", "mongo")
"""What compose's network calls the services; here they are the host."""


def docker(*arguments: str) -> str:
    """Run a command of docker's; give what it said. Raises OSError, which says why."""
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607
    if done.returncode:
        message = f"docker {arguments[0]}: {done.stderr.strip()}"
        raise OSError(message)
    return done.stdout.strip()


def host_address() -> str:
    """Give the host's address on the engine's bridge: containers reach it, other machines do not."""
    return (
        docker("network", "inspect", "bridge", "--format", "{{range .IPAM.Config}}{{.Gateway}}{{end}}") or "172.17.0.1"
    )


def host_names() -> list[str]:
    """Give the options by which a container knows compose's names."""
    return [option for name in NAMES for option in ("--add-host", f"{name}:{host_address()}")]


class Container:
    """A container that was started."""

    def __init__(self, identity: str) -> None:
        self._identity = identity

    def inspected(self) -> dict[str, Any]:
        """Give all that the engine knows of it."""
        found: dict[str, Any] = json.loads(docker("inspect", self._identity))[0]
        return found

    @property
    def health(self) -> str:
        """Give what its health check says: starting, healthy or unhealthy."""
        return str(self.inspected()["State"]["Health"]["Status"])

    def port(self, inside: int) -> str:
        """Give the address on this host where a port of the container answers."""
        return docker("port", self._identity, str(inside))

    def run(self, *command: str) -> str:
        """Run a command inside. Raises OSError."""
        return docker("exec", self._identity, *command)

    def logs(self) -> str:
        """Give what it printed, the errors too."""
        done = subprocess.run(  # noqa: S603
            ["docker", "logs", self._identity],  # noqa: S607
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout

    def stopped(self) -> tuple[int, float]:
        """Tell it to stop by SIGTERM; give its exit code and after how many seconds the engine saw it end."""
        began = datetime.now(UTC)
        docker("kill", "--signal", "TERM", self._identity)
        code = docker("wait", self._identity)
        ended = datetime.fromisoformat(self.inspected()["State"]["FinishedAt"][: len("2026-01-01T00:00:00.000000")])
        return int(code), (ended.replace(tzinfo=UTC) - began).total_seconds()


@contextmanager
def container(image: str, *options: str) -> Iterator[Container]:
    """Start a container, and remove it at the end."""
    identity = docker("run", "--detach", *options, image)
    try:
        yield Container(identity)
    finally:
        docker("rm", "--force", identity)
