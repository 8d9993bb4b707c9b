import shutil
import signal
import subprocess
from datetime import timedelta

import pytest

from adapters.mongodb.connection import connect, server_time
from tests.exporter_process import ExporterProcess
from tests.sample_reports import april
from tests.samples import prediction, rejection
from tests.secantus import Server
from tests.stores import real_stores

PREDICTIONS = "ridewatch_predictions_total"
UP = "ridewatch_exporter_up"
PROMTOOL = shutil.which("promtool")


@pytest.fixture
def server(tmp_path):
    """Start a MongoDB that the test may stop."""
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop(signal.SIGKILL)


@pytest.fixture
def database(server):
    """Give its database, indexed."""
    database = connect(server.uri)
    real_stores(database)
    yield database
    database.client.close()


@pytest.fixture
def exporter(server):
    """Give an exporter that is not started yet."""
    exporter = ExporterProcess(server.uri)
    yield exporter
    exporter.end(signal.SIGKILL)


def store(database, *names, ago=0.0):
    """Store predictions that were stamped so many seconds ago."""
    stamp = server_time(database) - timedelta(seconds=ago)
    real_stores(database).predictions.add([prediction(name, ride_id=name) for name in names], stamp)


def test_what_is_stored_is_shown(database, exporter):
    """From MongoDB to a scrape, with AWS away: its gauges are absent, all else is there."""
    store(database, "p1", "p2")
    exporter.start().comes_to(2, PREDICTIONS)
    store(database, "p3")
    exporter.comes_to(3, PREDICTIONS)
    assert exporter.value(UP) == 1
    exporter.comes_to(0, "ridewatch_exporter_source_up", source="queues")
    assert exporter.value("ridewatch_queue_messages") is None


def test_killed_and_started_again_it_loses_and_doubles_nothing(database, exporter):
    """SIGKILL at any moment, late documents, and settled ones that retention has deleted since."""
    store(database, *(f"old{n}" for n in range(20)), ago=900)
    exporter.start().comes_to(20, PREDICTIONS)
    exporter.end(signal.SIGKILL)
    database["predictions"].delete_many({})
    for restart in range(4):
        store(database, *(f"new{restart}-{n}" for n in range(10)))
        store(database, f"late{restart}", ago=100)
        exporter.start()
        exporter.end(signal.SIGKILL)
    exporter.start().comes_to(20 + 44, PREDICTIONS)


def test_it_outlives_mongodb(server, database, exporter):
    """Stopped, MongoDB takes nothing from what is shown; started again, it is read again."""
    store(database, "p1")
    exporter.start().comes_to(1, PREDICTIONS)
    server.stop(signal.SIGKILL)
    exporter.comes_to(0, UP)
    assert exporter.value(PREDICTIONS) == 1
    assert exporter.value("ridewatch_exporter_read_errors_total", source="totals") >= 1
    server.start()
    store(database, "p2")
    exporter.comes_to(1, UP)
    exporter.comes_to(2, PREDICTIONS)


def test_started_without_mongodb_it_shows_no_counts(server, database, exporter):
    """Unknown is absent; known as soon as MongoDB is there."""
    store(database, "p1")
    server.stop()
    exporter.start()
    assert exporter.value(UP) == 0
    assert exporter.value(PREDICTIONS) is None
    server.start()
    exporter.comes_to(1, PREDICTIONS)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_when_told_to(database, exporter, how):
    """A container is stopped in under a second."""
    store(database, "p1")
    exporter.start().comes_to(1, PREDICTIONS)
    code, seconds = exporter.end(how)
    assert code == 0
    assert seconds < 1


def test_it_ends_at_once_while_mongodb_hangs(server, database, exporter):
    """A database that does not answer does not hold it."""
    store(database, "p1")
    exporter.start().comes_to(1, PREDICTIONS)
    server.send(signal.SIGSTOP)
    try:
        code, seconds = exporter.end()
    finally:
        server.send(signal.SIGCONT)
    assert code == 0
    assert seconds < 1


@pytest.mark.skipif(
    not shutil.which("promtool"), reason="promtool is not installed (Debian: apt-get install prometheus)"
)
def test_the_page_passes_promtool(database, exporter):
    """Names, types, units and help as Prometheus wants them."""
    stores = real_stores(database)
    store(database, "p1")
    stores.rejections.add([rejection()], stores.clock())
    stores.reports.save(april())
    exporter.start().comes_to(1, PREDICTIONS)
    exporter.comes_to(1, "ridewatch_report_complete")
    checked = subprocess.run(  # noqa: S603 - fixed words
        [PROMTOOL, "check", "metrics"], input=exporter.text(), capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
