"""Stands between the functions and AWS and refuses what a test says: on the loopback alone, in this process."""

import http.client
import re
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"
SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/(?P<service>[^/]+)/aws4_request")
"""Every signed request names its service."""
HOP_BY_HOP = {"connection", "expect", "host", "keep-alive", "transfer-encoding"}
REFUSED = b'{"__type":"ServiceUnavailable","message":"refused by a test"}'
LONGEST_SILENCE = 30


class Proxy:
    """Passes requests on to AWS, but those of the services in `refusing` and `silent`."""

    def __init__(self, endpoint_url):
        self.refusing = set()
        self.silent = set()
        self.refused = 0
        self.woken = threading.Event()
        self._server = ThreadingHTTPServer((LOOPBACK, 0), handler_of(self, urlsplit(endpoint_url).netloc))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self):
        """The endpoint that the functions are given."""
        return f"http://{LOOPBACK}:{self._server.server_address[1]}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.repair()
        self._server.shutdown()
        self._server.server_close()

    def repair(self):
        """Refuse nothing any more."""
        self.refusing, self.silent = set(), set()
        self.woken.set()


def handler_of(proxy, netloc):
    """Make the handler of one proxy."""

    class Handler(BaseHTTPRequestHandler):
        """One connection of a function."""

        protocol_version = "HTTP/1.1"
        upstream = None

        def pass_on(self):
            """Read the request, and refuse it or ask AWS."""
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            signed = SERVICE.search(self.headers.get("Authorization", ""))
            service = signed["service"] if signed else ""
            if service in proxy.silent:
                proxy.refused += 1
                proxy.woken.wait(LONGEST_SILENCE)
                self.close_connection = True
            elif service in proxy.refusing:
                proxy.refused += 1
                self.answer(HTTPStatus.SERVICE_UNAVAILABLE, [], REFUSED)
            else:
                self.answer(*self.asked(body))

        def asked(self, body):
            """Ask AWS."""
            self.upstream = self.upstream or http.client.HTTPConnection(netloc, timeout=60)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
            headers["Host"] = self.headers["Host"]
            self.upstream.request(self.command, self.path, body, headers)
            answer = self.upstream.getresponse()
            return answer.status, answer.getheaders(), answer.read()

        def answer(self, status, headers, body):
            """Give an answer to the function."""
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in HOP_BY_HOP | {"content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_):
            """Tell nothing: the table tells."""

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = pass_on  # noqa: N815 - http.server's names

    return Handler
