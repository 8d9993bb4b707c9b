"""HTTP: /metrics and /healthz, one thread per request."""

import gzip
from collections.abc import Callable, Iterable
from http import HTTPStatus
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

PLAIN = "text/plain; charset=utf-8"
QUICK = 1
"""The level at which pages are packed: the best one takes ten times as long for a fifth less."""

Page = Callable[[], bytes]


def application(page: Page) -> WSGIApplication:
    """Serve the page at /metrics, packed if asked, and nothing elsewhere."""

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/metrics":
            return _metrics(page(), environ, start_response)
        # The process is well while it answers: away stores are told by metrics, and no restart would bring them back.
        status, body = (HTTPStatus.OK, b"ok\n") if environ["PATH_INFO"] == "/healthz" else (NOT_FOUND, b"not found\n")
        start_response(f"{status.value} {status.phrase}", [("Content-Type", PLAIN), ("Content-Length", str(len(body)))])
        return [body]

    return serve


def _metrics(page: bytes, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    packed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    body = gzip.compress(page, QUICK) if packed else page
    encoding = [("Content-Encoding", "gzip")] if packed else []
    start_response(
        "200 OK", [("Content-Type", CONTENT_TYPE_PLAIN_0_0_4), ("Content-Length", str(len(body))), *encoding]
    )
    return [body]


NOT_FOUND = HTTPStatus.NOT_FOUND


class Server(ThreadingMixIn, WSGIServer):
    """A server whose slow clients hold up nobody, not even the end."""

    daemon_threads = True


class Handler(WSGIRequestHandler):
    """A handler that waits ten seconds for a request, and logs none."""

    timeout = 10

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own name
        """Log nothing."""


def listening(page: Page, host: str, port: int) -> WSGIServer:
    """Listen; port 0 means a free one. Raises OSError."""
    return make_server(host, port, application(page), Server, Handler)
