"""Probing the service: what a caller would see, told by a reason."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from adapters import service
from adapters.service import Probe, Service
from contracts.api import CANARY_HEADER
from metrics_exporter.probing import Probed, Probing
from tests.exporter_process import free_port
from tests.views import watching


@pytest.fixture
def api():
    """Give an API that answers as a test says, and keeps what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        answer = (200, {"status": "ok", "duration_minutes": 9.5})
        asked: ClassVar = []

        def do_GET(self):
            """Answer."""
            status, body = self.answer
            self.asked.append((self.command, self.path, dict(self.headers)))
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

        do_POST = do_GET  # noqa: N815 - the base class looks for it

        def log_message(self, *_):
            """Log nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Handler.url = f"http://127.0.0.1:{server.server_port}"
    yield Handler
    server.shutdown()
    server.server_close()


def test_an_answered_canary_is_a_success(api):
    """It carries the key, and the mark by which nobody counts it."""
    assert Service(api.url, "k").canary().reason == ""
    ((command, path, headers),) = api.asked
    assert (command, path) == ("POST", "/predict")
    assert {name.lower(): value for name, value in headers.items()}.items() >= {
        "x-api-key": "k",
        CANARY_HEADER: "1",
    }.items()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((429, {}), "throttled"),
        ((403, {}), "refused"),
        ((502, {}), "broken"),
        ((200, b"<html>"), "broken"),
        ((200, {}), "broken"),
        ((200, 7), "broken"),
    ],
)
def test_what_went_wrong_has_a_name(api, answer, reason):
    """A crash is 502 at API Gateway, too many are 429, and neither reaches MongoDB."""
    api.answer = answer
    assert [probe().reason for probe in (Service(api.url, "k").canary, Service(api.url, "k").health)] == [reason] * 2


def test_nobody_there_is_unreachable():
    """A name that leads nowhere."""
    assert Service(f"http://127.0.0.1:{free_port()}", "k").health().reason == "unreachable"


def test_no_answer_in_time_is_a_timeout(api, monkeypatch):
    """A function that hangs."""
    monkeypatch.setattr(service, "SECONDS", 0.1)
    hangs = threading.Event()
    monkeypatch.setattr(api, "do_GET", lambda _self: hangs.wait(5))
    assert Service(api.url, "k").health().reason == "timeout"
    hangs.set()


def test_failures_add_up_by_reason():
    """The last answer is a gauge, all failures a counter that is there at 0."""
    answers = iter([Probe(0.1), Probe(0.2, "broken"), Probe(0.3, "broken"), Probe(0.1)])
    probing = Probing({"canary": lambda: next(answers)})
    for expected in (0, 1, 2, 2):
        watched = watching(probes=probing.refresh())
        assert watched.value("ridewatch_probe_failures_total", probe="canary", reason="broken") == expected
    assert watched.value("ridewatch_probe_success", probe="canary") == 1
    assert watched.value("ridewatch_probe_duration_seconds", probe="canary") == 0.1
    assert watched.value("ridewatch_probe_failures_total", probe="canary", reason="timeout") == 0


def test_what_is_not_probed_is_absent():
    """An exporter that was not told where the service is says nothing of it."""
    assert not [name for name in watching(probes=Probed()).names() if "probe" in name and "exporter" not in name]
