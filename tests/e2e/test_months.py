"""Real months against a model of the winter of 2019: quiet when it was quiet, clear when the streets were empty."""

import pytest

from adapters.mongodb.reports import Reports
from ridewatch.api import Api
from ridewatch.drain import await_recorded
from ridewatch.replay import Plan, replay
from ridewatch.report import run_report
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from tests.conftest import REAL_RIDES
from tests.live import database, eventually, taught

pytestmark = [
    pytest.mark.skipif(not REAL_RIDES.is_dir(), reason=f"real rides are not at hand: {REAL_RIDES}"),
    pytest.mark.timeout(900),
]

MONTHS = {"2019-03": ("2019-03-01T00:00:00-05:00", "2019-04-01T00:00:00-04:00")}
MONTHS |= {"2020-03": ("2020-03-01T00:00:00-05:00", "2020-04-01T00:00:00-04:00")}
MONTHS |= {"2020-04": ("2020-04-01T00:00:00-04:00", "2020-05-01T00:00:00-04:00")}


RIDES = 5_000
"""Of each month, at random: half of the sample."""


def month(name, limit=None):
    """Load a month's rides."""
    return load(str(REAL_RIDES / f"yellow_tripdata_{name}.parquet"), limit=limit)


@pytest.fixture(scope="module")
def reports(stack):
    """The report of each month as one window."""
    card = taught(stack, concatenate([month("2019-01"), month("2019-02")]))
    done = [replay(month(name, RIDES), Api(stack.api_url, stack.api_key), Plan()) for name in MONTHS]
    await_recorded(stack, 700)
    predictions = database(stack)["predictions"]
    told = sum(one.told for one in done)
    eventually(lambda: predictions.count_documents({"actual": {"$exists": True}}) == told)
    return {name: reported(stack, card.version, *span) for name, span in MONTHS.items()}


def reported(stack, version, start, end):
    """Ask for one report and read it."""
    run_report(stack, {"start": start, "end": end, "model_version": version})
    found = Reports(database(stack)).newest(10)
    return max(found, key=lambda report: report.generated_at)


def test_spring_2019_marks_nothing_as_drifted_but_passengers(reports):
    report = reports["2019-03"]
    assert report.status == "complete"
    assert set(report.drifted) <= {"passengers"}
    assert report.performance.mae.value == pytest.approx(2.9, abs=0.15)


def test_april_2020_is_what_is_known_of_it(reports):
    report = reports["2020-04"]
    assert report.performance.mae.value == pytest.approx(4.8, abs=0.3)
    assert report.performance.bias.value == pytest.approx(3.7, abs=0.4)
    assert {"hour", "pickup_zone", "dropoff_zone"} <= set(report.drifted)
    assert (report.before_labels.cause, report.before_labels.side) == ("concept", "long")


def test_march_2020_lies_between(reports):
    report = reports["2020-03"]
    assert report.performance.mae.value == pytest.approx(3.0, abs=0.25)
    biases = [reports[name].performance.bias.value for name in ("2019-03", "2020-03", "2020-04")]
    assert biases == sorted(biases)


def test_evidently_draws_every_month(reports):
    assert {report.evidently.status for report in reports.values()} == {"ok"}
    assert all(0 < report.evidently.rows <= 10_000 for report in reports.values())
