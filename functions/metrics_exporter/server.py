"""HTTP: /metrics and /healthz, one thread per request."""

from collections.abc import Iterable
from http import HTTPStatus
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import CollectorRegistry, make_wsgi_app

PLAIN = "text/plain; charset=utf-8"


def application(registry: CollectorRegistry) -> WSGIApplication:
    """Serve the registry at /metrics, in the format and encoding that is asked for, and nothing elsewhere."""
    metrics: WSGIApplication = make_wsgi_app(registry)

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/metrics":
            return metrics(environ, start_response)
        # The process is well while it answers: away stores are told by metrics, and no restart would bring them back.
        status, body = (HTTPStatus.OK, b"ok\n") if environ["PATH_INFO"] == "/healthz" else (NOT_FOUND, b"not found\n")
        start_response(f"{status.value} {status.phrase}", [("Content-Type", PLAIN), ("Content-Length", str(len(body)))])
        return [body]

    return serve


NOT_FOUND = HTTPStatus.NOT_FOUND


class Server(ThreadingMixIn, WSGIServer):
    """A server whose slow clients hold up nobody, not even the end."""

    daemon_threads = True


class Handler(WSGIRequestHandler):
    """A handler that waits ten seconds for a request, and logs none."""

    timeout = 10

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own name
        """Log nothing."""


def listening(registry: CollectorRegistry, host: str, port: int) -> WSGIServer:
    """Listen; port 0 means a free one. Raises OSError."""
    return make_server(host, port, application(registry), Server, Handler)
