"""Real months as Prometheus sees them: an ordinary one pages nobody, the one of empty streets does."""

import math
import time

import pytest
import yaml

from ridewatch.api import Api
from ridewatch.drain import await_recorded
from ridewatch.live import promql
from ridewatch.live.alerting import alert_groups
from ridewatch.live.recording import recording_groups
from ridewatch.replay import Plan, replay
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from tests.conftest import REAL_RIDES
from tests.live import eventually, taught
from tests.prometheus import NOT_INSTALLED, PROMETHEUS, Prometheus

pytestmark = [
    pytest.mark.skipif(not REAL_RIDES.is_dir(), reason=f"real rides are not at hand: {REAL_RIDES}"),
    pytest.mark.skipif(not PROMETHEUS, reason=NOT_INSTALLED),
    pytest.mark.timeout(900),
]

RIDES = 2_000
BINNED = 'sum(ridewatch_column_rows_total{segment="all",column="%s"} %s)'
PAGES = 'count by (alertname) (ALERTS{alertstate="firing",severity="page"})'


def month(name, limit=None):
    """Load rides of a month."""
    return load(str(REAL_RIDES / f"yellow_tripdata_{name}.parquet"), seed=1, limit=limit)


@pytest.fixture(scope="module")
def prometheus(stack, tmp_path_factory):
    """Give a Prometheus with the rules as they are, but that alerts need not last."""
    folder = tmp_path_factory.mktemp("prometheus")
    alerts = [group | {"rules": [rule | {"for": "0s"} for rule in group["rules"]]} for group in alert_groups()]
    (folder / "rules.yaml").write_text(yaml.safe_dump({"groups": [*recording_groups(interval="5s"), *alerts]}))
    started = Prometheus(folder, stack.metrics_url.split("/")[2], ["rules.yaml"]).start()
    yield started
    started.end()


@pytest.fixture(scope="module")
def seen(stack, prometheus):
    """Give what is seen at the end of each month: the drift of its rows, and who is paged."""
    taught(stack, concatenate([month("2019-01"), month("2019-02")]))
    return {name: _seen(stack, prometheus, name, before) for name, before in (("2019-03", 0), ("2020-04", RIDES))}


def _seen(stack, prometheus, name, before):
    """Look at a window that begins when all rides before it have been shown for longer than windows are rounded."""
    eventually(lambda: prometheus.value(BINNED % ("prediction", "offset 3s")) == before)
    began = time.time()
    replay(month(name, RIDES), Api(stack.api_url, stack.api_key), Plan())
    await_recorded(stack, 300)
    told = "sum(ridewatch_labelled_predictions_total)"
    eventually(lambda: prometheus.value(BINNED % ("prediction", "")) == before + RIDES, 200)
    eventually(lambda: prometheus.value(BINNED % ("actual", "")) == prometheus.value(told), 200)
    time_shown = promql.terms(f"{math.ceil(time.time() - began)}s", 'segment="all"')
    drift = prometheus.query(f"{promql.psi(time_shown)} - ({promql.bias(time_shown)})")
    return {key[0]: value for key, value in drift.items()}, {key[0] for key in prometheus.query(PAGES)}


def test_march_2019_moved_in_nothing_but_passengers_and_pages_nobody(seen):
    """They were coded differently in the months that were learnt from."""
    drift, pages = seen["2019-03"]
    moved = {column for column, psi in drift.items() if psi > 0.1}
    assert moved <= {"passengers"}
    assert pages == set()


def test_april_2020_moved_in_hours_and_zones_and_pages(seen):
    drift, pages = seen["2020-04"]
    assert {"hour", "pickup_zone", "dropoff_zone"} <= {column for column, psi in drift.items() if psi > 0.1}
    assert "RidewatchAnswersBadSlow" in pages
