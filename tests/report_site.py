"""The reports function as a visitor meets it: its routes, over stores that hold what a test puts there."""

import contextlib
import http.server
import json
import pathlib
import threading
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from adapters.errors import StoreUnavailable
from contracts.report_list import ReportSummary
from reports.access import Keys
from reports.parts import AlertStores, Parts
from ridewatch.memory.reports import alike, latest, not_long_before, without_histograms
from tests.fakes.mongodb import FakeMongo
from tests.stores import fake_stores

EVENTS = pathlib.Path(__file__).parents[1] / "events"
KEYS = Keys(api="the-api-key", signing="the-signing-key")
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
JSON = "application/json"


@dataclass
class Shelf:
    """Reports in memory, as the collection gives them."""

    reports: list = field(default_factory=list)
    away: bool = False

    def get(self, report_id):
        """Find one."""
        return {report.report_id: report for report in self._all()}.get(report_id)

    def numbers(self, limit, before=None):
        """List them, newest first, without histograms."""
        yield from map(without_histograms, latest(self._all(), limit, before))

    def summaries(self, limit, before=None):
        """List their lines, newest first."""
        return list(map(ReportSummary.of, latest(self._all(), limit, before)))

    def earlier(self, report, limit):
        """List the lines of those before, of the same kind and model version."""
        found = not_long_before(alike(self._all(), report), report, limit)
        return list(map(ReportSummary.of, latest(found, limit, report.window.end)))

    def _all(self):
        if self.away:
            message = "MongoDB is unavailable: mongodb://user:password@host"
            raise StoreUnavailable(message)
        return self.reports


class Bucket:
    """A bucket that only makes addresses."""

    def presigned(self, key, seconds):
        """Make one."""
        return f"https://bucket.example/{key}?expires={seconds}"


def parts(shelf, mongo=None):
    """Give what the process works with; alerts and reviews are those of a database in memory."""
    stores = fake_stores(mongo or FakeMongo())
    alerting = AlertStores(stores.alerts, stores.silences, stores.acceptances)
    return Parts(shelf, alerting, stores.reviews, Bucket(), KEYS)


def request(path="/reports", *, query=None, event="reports.json", **headers):
    """Give the event of a request without a key; header names are written with underscores."""
    told = json.loads((EVENTS / event).read_text())
    sent = {name: value for name, value in told["headers"].items() if name.lower() != "x-api-key"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return told | {
        "path": path,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": query and {name: [value] for name, value in query.items()},
    }


def header(answer, name):
    """Give the one value of a header."""
    (value,) = answer["multiValueHeaders"][name]
    return value


@contextlib.contextmanager
def served(handler, prefix):
    """Serve a handler on 127.0.0.1 behind a prefix, as MiniStack does; give the address of the stage."""

    class Gateway(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked = urlsplit(self.path)
            query = dict(parse_qsl(asked.query)) or None
            event = request(asked.path.removeprefix(prefix), query=query)
            answer = handler(event | {"headers": dict(self.headers), "multiValueHeaders": None}, None)
            body = answer["body"].encode()
            self.send_response(answer["statusCode"])
            for name, values in answer["multiValueHeaders"].items():
                for value in values:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()
