"""A MongoDB for tests: MONGODB_URI when set, else SecantusDB from the environment, started and ended here."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pymongo

READY_MS = 60_000
SWEEP_SECONDS = 3_600
"""Tests stamp documents with times long past; SecantusDB would delete them every minute, and serve nobody meanwhile."""


@contextmanager
def mongodb() -> Iterator[str]:
    """Give a server's URI, without a database."""
    given = os.environ.get("MONGODB_URI")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="ridewatch-mongodb-", ignore_cleanup_errors=True) as folder:
        server = Server(pathlib.Path(folder))
        server.start()
        try:
            yield server.uri
        finally:
            server.stop()


class Server:
    """A SecantusDB process over a folder: it can be stopped, killed and started again on its port."""

    def __init__(
        self, folder: pathlib.Path, port: int | None = None, host: str = "127.0.0.1", cache: str = "128M"
    ) -> None:
        self._folder = folder
        self._host = host
        self._cache = cache
        self._port = port or _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """The port that it keeps."""
        return self._port

    @property
    def uri(self) -> str:
        """Where it listens; the driver's retries are off, SecantusDB has no transactions."""
        return f"mongodb://{self._host}:{self._port}/?retryWrites=false"

    @property
    def pid(self) -> int:
        """The process that runs."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = self._folder / "secantusd.toml"
        settings.write_text(f"[storage]\nttl_sweep_seconds = {SWEEP_SECONDS}\n")
        command = [
            str(pathlib.Path(sys.executable).parent / "secantusd-py"),
            *(
                "--config",
                str(settings),
                "--standalone",
                "--sync-on-commit",
                "--cache-size",
                self._cache,
                "--log-level",
                "WARNING",
            ),
            *("--host", self._host, "--port", str(self._port)),
            *("--storage-path", str(self._folder / "data")),
        ]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - fixed words
        with pymongo.MongoClient(self.uri, serverSelectionTimeoutMS=READY_MS) as client:
            client.admin.command("ping")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process and wait for it."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def send(self, what: signal.Signals) -> None:
        """Send the process a signal that does not end it."""
        if self._process:
            self._process.send_signal(what)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
