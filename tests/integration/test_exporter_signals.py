"""The exporter as a container's first process: every moment is one to be told to stop in."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.exporter_process import FUNCTIONS, until

TOLD = {"MONGODB_URI": "mongodb://127.0.0.1:9/x", "QUEUE_URL": "q", "DLQ_URL": "d", "BUCKET": "b", "LISTEN_PORT": "0"}


@pytest.fixture
def begin():
    """Start exporters that are deaf to SIGTERM until they handle it, as a first process is; end them."""
    begun = []

    def start(**environment):
        begun.append(
            subprocess.Popen(
                [sys.executable, "-m", "metrics_exporter"],
                env=os.environ | {"PYTHONPATH": str(FUNCTIONS), "AWS_DEFAULT_REGION": "us-east-1"} | environment,
                preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN),  # noqa: PLW1509 - one thread
            )
        )
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.wait()


def listens_for_sigterm(process):
    """Whether the process has a handler for it."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1


def stopped(process):
    """Tell it to stop; give its exit code and how many seconds it took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    return process.wait(20), time.monotonic() - began


def test_told_to_stop_while_it_still_imports(begin):
    """The signal is heard before the half second of imports, and not lost."""
    process = begin(**TOLD)
    until(lambda: listens_for_sigterm(process), "it handles SIGTERM")
    assert "pydantic_core" not in pathlib.Path(f"/proc/{process.pid}/maps").read_text()
    code, seconds = stopped(process)
    assert code == 0
    assert seconds < 1


def test_told_to_stop_while_it_waits_for_the_secret(begin):
    """A Secrets Manager that does not answer does not hold it."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(20)
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        aws = {"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
        process = begin(**{**TOLD, "MONGODB_URI": "", "MONGODB_SECRET": "s"}, **aws)
        asked, _ = silent.accept()
        with asked:
            code, seconds = stopped(process)
    assert code == 0
    assert seconds < 1
