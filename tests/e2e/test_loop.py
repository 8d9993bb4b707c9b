"""The loop on an embedded stack: nothing is lost, nothing is doubled, whatever happens in the middle."""

import os
import signal
from datetime import UTC, datetime

import pytest
import requests

from adapters.mongodb.reports import Reports
from adapters.objects import Objects
from adapters.queue import EventQueue
from adapters.redrive import redrive
from contracts.events import Actual, EventBatch, Prediction
from ridewatch.api import Api
from ridewatch.commands.stack import link
from ridewatch.drain import await_recorded
from ridewatch.embedded import mongodb
from ridewatch.replay import Plan, replay
from ridewatch.report import run_report
from ridewatch.sources.load import load
from ridewatch.training.choice import choose
from tests.conftest import REAL_RIDES
from tests.live import archived, database, eventually, metric, taught

RIDES = 2000
THIRD = RIDES // 3


def march(rows):
    """So many rides of 2019-03: real ones where they are at hand, else simulated ones."""
    real = REAL_RIDES / "yellow_tripdata_2019-03.parquet"
    source = str(real) if real.exists() else "simulated?start=2019-03-01&days=31"
    rides = choose(load(source, seed=3, limit=rows + 200), dates=False).rides
    possible = (rides.duration_minutes >= 0) & (rides.duration_minutes <= 1500)
    return rides.take(possible).take(slice(rows))


def counted(stack):
    """Count what MongoDB holds."""
    predictions = database(stack)["predictions"]
    return predictions.estimated_document_count(), predictions.count_documents({"actual": {"$exists": True}})


@pytest.fixture(scope="module")
def version(stack):
    """The champion, of simulated rides."""
    return taught(stack, load("simulated?start=2019-01-01&days=59&rows=4000", seed=1)).version


@pytest.fixture(scope="module")
def replayed(stack, home, version):
    """2,000 rides, MongoDB killed for the middle third, and every event delivered twice."""
    rides, api = march(RIDES), Api(stack.api_url, stack.api_key)
    replay(rides.take(slice(THIRD)), api, Plan())
    port = int(stack.mongodb_uri.split(":")[2].split("/")[0])
    os.kill(stack.processes["mongodb"].pid, signal.SIGKILL)
    replay(rides.take(slice(THIRD, 2 * THIRD)), api, Plan())
    eventually(lambda: metric(stack, "ridewatch_exporter_up") == 0)
    eventually(lambda: not stack.processes["mongodb"].is_alive)
    mongodb.await_mongodb(home, mongodb.start(home, port))
    replay(rides.take(slice(2 * THIRD, None)), api, Plan())
    await_recorded(stack, 240)
    eventually(lambda: counted(stack) == (RIDES, RIDES), 240)
    deliver_again(stack)
    await_recorded(stack, 240)
    return version


def deliver_again(stack):
    """Send every event that was archived once more, ids and all."""
    sqs, objects = stack.client("sqs"), Objects(stack.client("s3"), stack.bucket)
    events = [Prediction.model_validate(event) for event in archived(stack, "prediction")]
    events += [Actual.model_validate(event) for event in archived(stack, "actual")]
    assert not EventQueue(sqs, stack.queue_url, objects).send(events, datetime.now(UTC)).unsent


@pytest.mark.timeout(600)
def test_every_ride_is_one_prediction_with_its_actual(stack, replayed):
    assert counted(stack) == (RIDES, RIDES)
    assert database(stack)["actuals"].estimated_document_count() == RIDES
    assert database(stack)["predictions"].distinct("model_version") == [replayed]


@pytest.mark.usefixtures("replayed")
def test_s3_holds_every_event(stack):
    assert len({event["prediction_id"] for event in archived(stack, "prediction")}) == RIDES
    assert len({event["actual_id"] for event in archived(stack, "actual")}) == RIDES


def test_the_metrics_agree_with_mongodb_to_the_unit(stack, replayed):
    names = ("ridewatch_predictions_total", "ridewatch_labelled_predictions_total")
    eventually(lambda: [metric(stack, name, model_version=replayed) for name in names] == [RIDES, RIDES], 300)
    assert metric(stack, "ridewatch_actuals_total") == RIDES
    assert metric(stack, "ridewatch_exporter_up") == 1


def test_the_report_of_the_month_is_complete(stack, replayed):
    run_report(stack, {"start": "2019-03-01T00:00:00-05:00", "end": "2019-04-01T00:00:00-04:00"})
    (report,) = [report for report in Reports(database(stack)).newest(5) if report.window.kind == "custom"]
    assert (report.status, report.model_version) == ("complete", replayed)
    assert (report.volume.predictions, report.performance.labelled) == (RIDES, RIDES)
    assert report.performance.mae.value < 4.5
    assert report.evidently.status == "ok"
    assert metric(stack, "ridewatch_predictions_total") is not None


@pytest.mark.usefixtures("replayed")
def test_a_person_sees_the_report_in_a_browser(stack):
    session = requests.Session()
    page = session.get(link(stack, datetime.now(UTC).timestamp()), timeout=30)
    assert page.ok
    assert "Reports" in page.text
    (report,) = [report for report in Reports(database(stack)).newest(5) if report.window.kind == "custom"]
    evidently = session.get(f"{stack.reports_url}/{report.report_id}/evidently", timeout=30)
    assert evidently.ok
    assert len(evidently.content) > 1_000_000


@pytest.mark.usefixtures("version")
def test_a_poison_message_reaches_the_dead_letter_queue_alone_and_comes_back(stack):
    sqs, objects = stack.client("sqs"), Objects(stack.client("s3"), stack.bucket)
    poison = '{"schema_version": 99}'
    mate = Actual(actual_id="mate", ride_id="nobody-knows", duration_minutes=5, received_at=datetime.now(UTC))
    for body in (poison, EventBatch(events=(mate,)).model_dump_json()):
        sqs.send_message(QueueUrl=stack.queue_url, MessageBody=body)

    def letters():
        names = ["ApproximateNumberOfMessages"]
        found = sqs.get_queue_attributes(QueueUrl=stack.dlq_url, AttributeNames=names)["Attributes"]
        return int(found["ApproximateNumberOfMessages"])

    eventually(lambda: letters() == 1)
    eventually(lambda: database(stack)["actuals"].find_one({"_id": "mate"}))
    assert redrive(sqs, stack.dlq_url, stack.queue_url, objects).dead_letters == 1
    eventually(lambda: letters() == 1)


@pytest.mark.usefixtures("version")
def test_a_rejection_is_answered_in_our_shape_and_counted(stack):
    answer = requests.post(
        f"{stack.api_url}/predict",
        json={"PULocationID": 999, "DOLocationID": 50, "trip_distance": 4},
        headers={"x-api-key": stack.api_key},
        timeout=30,
    )
    assert answer.status_code == 422
    assert [field["field"] for field in answer.json()["error"]["fields"]] == ["PULocationID"]
    eventually(lambda: metric(stack, "ridewatch_rejections_total", route="/predict") == 1)


def test_without_a_key_nobody_is_answered(stack):
    answer = requests.post(f"{stack.api_url}/predict", json={}, timeout=30)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "forbidden"
