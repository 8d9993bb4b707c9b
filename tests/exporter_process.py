"""The exporter as a process, over a MongoDB of the test's and an AWS that is away, unless the test says where it is."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from prometheus_client.parser import text_string_to_metric_families

FUNCTIONS = pathlib.Path(__file__).parents[1] / "functions"
DEADLINE = 30.0


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true: Callable[[], bool], what: str) -> None:
    """Poll to a deadline."""
    deadline = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < deadline, f"not within {DEADLINE:g} s: {what}"
        time.sleep(0.05)


class ExporterProcess:
    """`python -m metrics_exporter`: it can be killed and started again."""

    def __init__(self, mongodb_uri: str, **environment: str) -> None:
        self.port = free_port()
        nowhere = f"http://127.0.0.1:{free_port()}"
        self._environment = os.environ | {
            "AWS_ENDPOINT_URL": nowhere,
            "MONGODB_URI": mongodb_uri,
            "QUEUE_URL": f"{nowhere}/events",
            "DLQ_URL": f"{nowhere}/dlq",
            "BUCKET": "nowhere",
            "LISTEN_PORT": str(self.port),
            "REFRESH_SECONDS": "0.2",
            "PYTHONPATH": str(FUNCTIONS),
            **environment,
        }
        self._process: subprocess.Popen | None = None

    def start(self) -> "ExporterProcess":
        """Start, and wait until it answers."""
        self._process = subprocess.Popen([sys.executable, "-m", "metrics_exporter"], env=self._environment)
        until(self._answers, "the exporter answers")
        return self

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """End it; give its exit code and how many seconds it took."""
        if self._process is None:
            return 0, 0.0
        began = time.monotonic()
        self._process.send_signal(how)
        code = self._process.wait(DEADLINE)
        self._process = None
        return code, time.monotonic() - began

    def text(self, path: str = "/metrics") -> str:
        """Ask for a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            return answer.read().decode()

    def value(self, name: str, **labels: str) -> float | None:
        """Scrape; give the sum of the samples of that name and these labels, None where there are none."""
        found = [
            sample.value
            for family in text_string_to_metric_families(self.text())
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        ]
        return sum(found) if found else None

    def comes_to(self, expected: float | None, name: str, **labels: str) -> None:
        """Wait until a value is this."""
        until(lambda: self.value(name, **labels) == expected, f"{name} {labels} is {expected}")

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "the exporter has ended"
        try:
            return self.text("/healthz") == "ok\n"
        except urllib.error.URLError:
            return False
