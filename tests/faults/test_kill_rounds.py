"""What a killed SecantusDB had acknowledged, it has when it starts again."""

import random
import signal
import threading
import time

import pytest

from adapters.errors import StoreUnavailable
from adapters.mongodb.connection import connect
from adapters.mongodb.documents import insert_new
from ridewatch.embedded import ports
from tests.faults.stacks import seconds
from tests.secantus import Server

pytestmark = pytest.mark.timeout(1800)

ROUNDS = seconds(60, 3)
WRITERS = 2


@pytest.fixture
def server(tmp_path):
    """A SecantusDB on a port that is kept while it is down."""
    with ports.kept(27_300) as kept:
        one = Server(tmp_path, kept.ports[0])
        one.start()
        yield one
        one.stop()


def written(uri, name, stop):
    """Insert batches until the server dies; give the ids that it acknowledged."""
    acknowledged, database, batch = [], connect(uri), 0
    while not stop.is_set():
        ids = [f"{threading.get_ident()}-{batch}-{place}" for place in range(100)]
        try:
            insert_new(database[name], [{"_id": one, "filling": "x" * 400} for one in ids])
        except StoreUnavailable:
            break
        acknowledged += ids
        batch += 1
    database.client.close()
    return acknowledged


def round_of(server, name):
    """Kill the server while it is written to; give what it had acknowledged."""
    stop, acknowledged = threading.Event(), []
    writers = [
        threading.Thread(target=lambda: acknowledged.extend(written(server.uri, name, stop))) for _ in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    time.sleep(random.uniform(0.3, 1.5))  # noqa: S311 - any moment will do
    server.stop(signal.SIGKILL)
    stop.set()
    for writer in writers:
        writer.join()
    return acknowledged


def test_nothing_acknowledged_is_lost_by_a_kill(server, capsys):
    total = 0
    for number in range(ROUNDS):
        acknowledged = round_of(server, f"round{number}")
        server.start()
        with connect(server.uri).client as client:
            found = {one["_id"] for one in client["ridewatch"][f"round{number}"].find({}, {"_id": 1})}
        assert set(acknowledged) <= found, f"{len(set(acknowledged) - found)} documents lost in round {number}"
        total += len(acknowledged)
    assert total
    with capsys.disabled():
        print(f"\n{ROUNDS} kills, {total} acknowledged documents, none lost")  # noqa: T201 - a measurement
