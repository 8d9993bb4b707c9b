"""A Prometheus of the test's own: Debian's, over a folder, that scrapes what it is told."""

import json
import pathlib
import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Sequence
from typing import Any

import yaml

from tests.exporter_process import free_port, until

PROMETHEUS, PROMTOOL = shutil.which("prometheus"), shutil.which("promtool")
NOT_INSTALLED = "prometheus is not installed (Debian: apt-get install prometheus)"


class Prometheus:
    """A Prometheus process."""

    def __init__(self, folder: pathlib.Path, target: str, rules: Sequence[str] = ()) -> None:
        self.port = free_port()
        self._folder = folder
        config = {
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "scrape_configs": [{"job_name": "ridewatch", "static_configs": [{"targets": [target]}]}],
            "rule_files": list(rules),
        }
        (folder / "prometheus.yaml").write_text(yaml.safe_dump(config))
        self._process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Prometheus":
        """Start, and wait until it is ready."""
        options = ["--config.file", "prometheus.yaml", "--storage.tsdb.path", "data", "--log.level", "warn"]
        command = [PROMETHEUS, *options, f"--web.listen-address=127.0.0.1:{self.port}"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)  # noqa: S603 - fixed words
        until(self._is_ready, "prometheus is ready")
        return self

    def end(self) -> None:
        """End it."""
        if self._process:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def ask(self, path: str, **parameters: Any) -> Any:
        """Ask its API."""
        query = urllib.parse.urlencode(parameters, doseq=True)
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{query}", timeout=20) as answer:  # noqa: S310 - our own address
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error

    def query(self, expression: str, at: float | None = None) -> dict[tuple[str, ...], float]:
        """Evaluate an expression; give its samples by their label values, sorted by the labels' names."""
        found = self.ask("query", query=expression, **({"time": at} if at else {}))["result"]
        return {
            tuple(value for name, value in sorted(one["metric"].items()) if name != "__name__"): float(one["value"][1])
            for one in found
        }

    def value(self, expression: str, at: float | None = None) -> float | None:
        """Evaluate an expression to one number, None where there is none."""
        found = self.query(expression, at)
        assert len(found) <= 1, found
        return next(iter(found.values()), None)

    def comes_to(self, expected: float, expression: str, seconds: float = 60) -> None:
        """Wait until an expression is this."""
        deadline = time.monotonic() + seconds
        while (found := self.value(expression)) != expected:
            assert time.monotonic() < deadline, f"{expression} is {found}, not {expected}, after {seconds} s"
            time.sleep(0.2)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/-/ready", timeout=2) as answer:  # noqa: S310 - the same
                return answer.status == 200
        except OSError:
            return False
