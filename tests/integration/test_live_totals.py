"""Totals in Prometheus agree with MongoDB to the unit, whatever is killed in the middle."""

import signal
from datetime import timedelta

import pytest

from adapters.mongodb.connection import server_time
from tests.labelling import label
from tests.prometheus import NOT_INSTALLED, PROMETHEUS
from tests.reporting import VERSION, publish
from tests.samples import prediction
from tests.watching import STORED, watching

pytestmark = pytest.mark.skipif(not PROMETHEUS, reason=NOT_INSTALLED)

ROUND = 100
LATE = ROUND // 20
"""One in twenty becomes visible twenty seconds after its stamp, when its slice has been read."""
BINNED = 'sum(ridewatch_column_rows_total{segment="all",column="%s"})'
LABELLED = "sum(ridewatch_labelled_predictions_total)"


@pytest.fixture
def world(tmp_path):
    """Give MongoDB, an AWS, an exporter and a Prometheus that scrapes it."""
    with watching(tmp_path) as world:
        publish(world.objects)
        yield world


def store(world, name):
    """Store a round of predictions, some of them stamped some time ago, and label half."""
    now = server_time(world.database)
    for ago, numbers in ((0, range(LATE, ROUND)), (20, range(LATE))):
        some = [
            prediction(
                f"{name}{number}",
                f"{name}{number}",
                model_version=VERSION,
                minutes=10.0,
                features={"zone": "1", "distance": 2.0, "hour": 3},
            )
            for number in numbers
        ]
        world.stores.predictions.add(some, now - timedelta(seconds=ago))
    label(world.stores, {f"{name}{number}": 12.0 for number in range(0, ROUND, 2)}, now)


def test_nothing_is_lost_or_doubled(world):
    """The exporter is killed, MongoDB is killed and started again, and documents come late all the while."""
    store(world, "a")
    world.exporter.start()
    world.prometheus.comes_to(ROUND, STORED)
    world.exporter.end(signal.SIGKILL)
    store(world, "b")
    world.exporter.start()
    store(world, "c")
    world.exporter.end(signal.SIGKILL)
    world.exporter.start()
    world.server.stop(signal.SIGKILL)
    world.prometheus.comes_to(0, "max(ridewatch_exporter_up)")
    world.server.start()
    store(world, "d")
    stored = world.database["predictions"].count_documents({})
    labelled = world.database["predictions"].count_documents({"actual": {"$exists": True}})
    assert (stored, labelled) == (4 * ROUND, 2 * ROUND)
    for expected, query in (
        (stored, STORED),
        (labelled, LABELLED),
        *((stored, BINNED % column) for column in ("zone", "distance", "prediction")),
        *((labelled, BINNED % column) for column in ("actual", "error")),
    ):
        world.prometheus.comes_to(expected, query, 150)
    assert set(world.prometheus.query("resets(ridewatch_predictions_total[10m])").values()) == {0}
    assert set(world.prometheus.query("resets(ridewatch_column_rows_total[10m])").values()) == {0}
