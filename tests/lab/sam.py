"""`sam local`, by its command line."""

import json
import os
import pathlib
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from tests.exporter_process import free_port
from tests.lab.checks import until
from tests.lab.engine import host_names

ROOT = pathlib.Path(__file__).parents[2]
SAM = str(ROOT / ".sam-env" / "bin" / "sam")
EVENTS = ROOT / "events"
LONGEST_SECONDS = 120
UNAVAILABLE = {"StoreUnavailable", "QueueUnavailable"}
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


class SamLocal:
    """The built functions, run by `sam local` in containers of an image."""

    def __init__(self, template: pathlib.Path, image: str, env_vars: pathlib.Path) -> None:
        where = ("--template", str(template), "--invoke-image", image, "--skip-pull-image")
        self._options = (*where, "--env-vars", str(env_vars), *host_names())
        self._environment = os.environ | CREDENTIALS | {"SAM_CLI_TELEMETRY": "0"}

    def invoke(self, function: str, event: str) -> Any:
        """Invoke a function with a file of events/; give its answer. Raises AssertionError with the log.

        Told that a store is away, it asks once more, as clients and AWS do: one LocalStack serves many.
        """
        answer, log = self._invoked(function, event)
        if _is_away(answer):
            answer, log = self._invoked(function, event)
        assert not (isinstance(answer, dict) and "errorType" in answer), f"{str(answer)[:500]} {log}"
        return answer

    def _invoked(self, function: str, event: str) -> tuple[Any, str]:
        done = subprocess.run(  # noqa: S603
            [SAM, "local", "invoke", function, "--event", EVENTS / event, *self._options],
            capture_output=True,
            text=True,
            env=self._environment,
            timeout=LONGEST_SECONDS,
            check=False,
        )
        lines, log = done.stdout.strip().splitlines(), done.stderr[-1500:]
        assert done.returncode == 0, f"exit code {done.returncode}: {log}"
        assert lines, f"no answer: {log}"
        return json.loads(lines[-1]), log

    @contextmanager
    def api(self, log: pathlib.Path) -> Iterator[str]:
        """Serve the API on a port of this host; end it with its containers."""
        port = free_port()
        place = ("--host", "127.0.0.1", "--port", str(port), "--warm-containers", "LAZY")
        with log.open("w") as said:
            command = [SAM, "local", "start-api", *place, *self._options]
            process = subprocess.Popen(command, stdout=said, stderr=said, env=self._environment)  # noqa: S603
            try:
                until(lambda: _listens(process, port), "sam local start-api listens", 60)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(60)


def _is_away(answer: Any) -> bool:
    if not isinstance(answer, dict):
        return False
    return answer.get("statusCode") == HTTPStatus.SERVICE_UNAVAILABLE or answer.get("errorType") in UNAVAILABLE


def _listens(process: subprocess.Popen[bytes], port: int) -> bool:
    assert process.poll() is None, "sam local start-api has ended"
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
