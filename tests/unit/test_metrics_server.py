import gzip
from wsgiref.util import setup_testing_defaults

import pytest

from metrics_exporter.server import application
from tests.views import watching


def get(path, **headers):
    """Ask the application; give status, headers and body."""
    environ = {"PATH_INFO": path, **headers}
    setup_testing_defaults(environ)
    answer = {}
    body = b"".join(
        application(watching().page)(environ, lambda status, found: answer.update(status=status, headers=dict(found)))
    )
    return answer["status"], answer["headers"], body


def test_metrics_are_served_as_text():
    """Prometheus's own format is the default."""
    status, headers, body = get("/metrics")
    assert status == "200 OK"
    assert headers["Content-Type"].startswith("text/plain")
    assert b"ridewatch_exporter_up 1.0" in body


def test_openmetrics_is_not_spoken():
    """Whoever prefers it takes the text format, which the bins' page is written in."""
    _, headers, body = get("/metrics", HTTP_ACCEPT="application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert b"# EOF" not in body


def test_gzip_is_served_to_who_asks():
    """A scrape over a network is a tenth of the size."""
    _, headers, body = get("/metrics", HTTP_ACCEPT_ENCODING="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert b"ridewatch_exporter_up" in gzip.decompress(body)


def test_the_process_is_well_while_it_answers():
    """An away store is no reason to restart the exporter."""
    assert get("/healthz")[::2] == ("200 OK", b"ok\n")


@pytest.mark.parametrize("path", ["/", "/metrics/", "/favicon.ico", "/healthz/x"])
def test_there_is_nothing_else(path):
    """Any other path is 404."""
    assert get(path)[0] == "404 Not Found"
