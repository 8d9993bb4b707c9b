"""A replay as Prometheus and Grafana see it: no panel is empty, and no number differs from what MongoDB holds."""

import json
import re
import time
from typing import NamedTuple

import pytest
import yaml

from ridewatch.api import Api
from ridewatch.drain import await_recorded
from ridewatch.live.alerting import alert_groups
from ridewatch.live.dashboards import dashboards
from ridewatch.live.recording import RANGES, recording_groups
from ridewatch.replay import Plan, replay
from ridewatch.report import run_report
from ridewatch.sources.load import load
from tests.live import database, eventually, taught
from tests.prometheus import NOT_INSTALLED, PROMETHEUS, Prometheus

pytestmark = [pytest.mark.skipif(not PROMETHEUS, reason=NOT_INSTALLED), pytest.mark.timeout(600)]

RIDES = 400
SHORT = "30s"
"""What the rules' windows are here: a test does not wait for a day."""
PANELS = [
    pytest.param(query["expr"], id=f"{name}: {panel['title']} {query['refId']}")
    for name, dashboard in dashboards().items()
    for panel in dashboard["panels"]
    for query in panel["targets"]
]


class Watched(NamedTuple):
    """What tests ask, and the moments that matter."""

    prometheus: Prometheus
    began: float
    soon: float
    """While the rows still lie in the rules' windows."""
    version: str


@pytest.fixture(scope="module")
def watched(stack, tmp_path_factory):
    """Give a Prometheus that scraped the stack while rides were replayed, with rules of short windows."""
    folder = tmp_path_factory.mktemp("prometheus")
    rules = recording_groups(dict.fromkeys(RANGES, SHORT), interval="1s") + alert_groups()
    (folder / "rules.yaml").write_text(yaml.safe_dump({"groups": rules}))
    prometheus = Prometheus(folder, stack.metrics_url.split("/")[2], ["rules.yaml"]).start()
    version = taught(stack, load("simulated?start=2019-01-01&days=59&rows=4000", seed=1)).version
    eventually(lambda: prometheus.value(_rows(f'model_version="{version}"', f"offset {SHORT}")) == 0)
    began = time.time()
    _replayed(stack)
    eventually(lambda: all(prometheus.query(f"ridewatch:psi_corrected:{name}") for name in RANGES))
    soon = time.time()
    _reported(stack)
    eventually(lambda: prometheus.value("sum(ridewatch_labelled_predictions_total)") == RIDES, 120)
    eventually(lambda: prometheus.value(_rows(f'model_version="{version}",column="actual"')) == RIDES, 120)
    eventually(lambda: prometheus.query('ridewatch_report_mae_seconds{window="day"}'), 60)
    yield Watched(prometheus, began, soon, version)
    prometheus.end()


def _rows(selector, then=""):
    return f'sum(ridewatch_column_rows_total{{segment="all",{selector}}} {then})'


def _replayed(stack):
    """Replay rides of one day, one of them not valid."""
    api = Api(stack.api_url, stack.api_key)
    replay(load("simulated?start=2019-03-06&days=1", seed=2, limit=RIDES), api, Plan())
    api.predict([{"pickup_zone": 900}])


def _reported(stack):
    """Report as the rules do."""
    await_recorded(stack, 120)
    run_report(stack, {"windows": "day"})
    run_report(stack, {"windows": "hour"})


def _asked(expression, seconds):
    """Put values in the place of Grafana's variables."""
    values = {
        "__range": f"{int(seconds) + 2}s",
        "__rate_interval": "60s",
        "model_version": ".*",
        "segment": "all",
        "column": "distance",
    }
    return re.sub(r"\$(\w+)", lambda found: values[found[1]], expression)


@pytest.mark.parametrize("expression", PANELS)
def test_no_panel_is_empty(watched, expression):
    """Every query of every panel gives numbers."""
    moments = (watched.soon, time.time())
    answers = [watched.prometheus.query(_asked(expression, at - watched.began), at) for at in moments]
    found = answers[0] or answers[1]
    assert found
    assert not all(value != value for value in found.values()), found  # noqa: PLR0124 - NaN


def test_every_variable_has_values(watched):
    """What a person can choose from."""
    prometheus, version = watched.prometheus, watched.version
    variables = [
        one for board in dashboards().values() for one in board["templating"]["list"] if one["type"] == "query"
    ]
    for variable in variables:
        series, label = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]["query"]).groups()
        assert prometheus.ask(f"label/{label}/values", **{"match[]": series}), variable
    assert version in prometheus.ask("label/model_version/values")


def test_totals_are_mongodbs(stack, watched):
    """To the unit."""
    prometheus = watched.prometheus
    predictions, actuals = (database(stack)[name] for name in ("predictions", "actuals"))
    stored = {
        "ridewatch_predictions_total": predictions.estimated_document_count(),
        "ridewatch_actuals_total": actuals.estimated_document_count(),
        "ridewatch_rejections_total": database(stack)["rejections"].estimated_document_count(),
    }
    assert {name: prometheus.value(f"sum({name})") for name in stored} == stored
    assert stored["ridewatch_predictions_total"] == RIDES


def test_no_canary_is_counted(stack, watched):
    """They were asked, and answered, and are nowhere."""
    prometheus = watched.prometheus
    assert prometheus.value('ridewatch_probe_success{probe="canary"}') == 1
    assert database(stack)["predictions"].count_documents({"ride.pickup_zone": 161, "ride.distance": 1.2}) == 0


def test_an_ordinary_day_pages_nobody(watched):
    """Of all the alerts none fires."""
    prometheus = watched.prometheus
    firing = prometheus.ask("query", query='ALERTS{alertstate="firing"}')["result"]
    assert json.dumps(firing) == "[]"
