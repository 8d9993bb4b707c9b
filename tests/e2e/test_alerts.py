"""Alerts on an embedded stack: a test goes the whole way, and a model that got worse is told of, once."""

import os
import subprocess
import sys

import pytest
import requests

from adapters.mongodb.alerts import Alerts
from contracts.alerts import AlertList, Transition
from contracts.reviews import ReviewList
from ridewatch.api import Api
from ridewatch.drain import await_recorded
from ridewatch.replay import Plan, replay
from ridewatch.report import run_report
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from tests.live import database, eventually, listening, taught

DAYS = [f"simulated:lockdown?start=2020-04-0{day}&days=1" for day in (6, 7, 8)]
RIDES_A_DAY = 400


@pytest.fixture(scope="module")
def inbox(stack):
    """Give what comes through the topic of the stack."""
    (described,) = stack.client("cloudformation").describe_stacks(StackName="ridewatch")["Stacks"]
    outputs = {one["OutputKey"]: one["OutputValue"] for one in described["Outputs"]}
    with listening(stack.client, outputs["AlertsTopicArn"], "inbox") as arrived:
        yield arrived


@pytest.fixture(scope="module")
def told(stack, inbox):
    """Report three days of empty streets, as the daily rule does, twice; give every transition that came."""
    taught(stack, load("simulated?start=2019-01-01&days=59&rows=4000", seed=1))
    rides = concatenate([load(source, seed=2, limit=RIDES_A_DAY) for source in DAYS])
    replay(rides, Api(stack.api_url, stack.api_key), Plan())
    await_recorded(stack, 120)
    for _ in range(2):
        run_report(stack, {"windows": "day"})
    messages = []
    while some := inbox():
        messages += some
    return [Transition.model_validate_json(message["Message"]) for message in messages]


def ask(stack, path, contract):
    """Ask the API as a script does."""
    headers = {"x-api-key": stack.api_key, "accept": "application/json"}
    answer = requests.get(stack.reports_url + path, headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    return contract.model_validate_json(answer.text)


def test_what_is_wrong_is_told_once(told):
    """Two runs over the same reports send each transition once."""
    ids = [transition.transition_id for transition in told]
    assert len(ids) == len(set(ids))
    opened = {transition.alert.rule: transition.alert for transition in told if transition.action == "opened"}
    assert "errors_grew" in opened
    assert opened["errors_grew"].cause.endswith("answers too long")


def test_a_test_alert_comes_with_it_marked(told):
    """Once a day, however often the daily run runs."""
    assert [transition.action for transition in told if transition.test] == ["tested"]


def test_the_test_alert_comes_back(stack, told):
    """The topic brings it to the function that sent it."""
    assert told
    last = eventually(lambda: (one := Alerts(database(stack)).last_test()) and one.arrived_at and one)
    assert last.sent_at <= last.arrived_at


def test_the_api_lists_it(stack, told):
    """Open ones, with the fields that scripts read."""
    found = ask(stack, "/alerts", AlertList)
    assert {alert.rule for alert in found.alerts} == {t.alert.rule for t in told if t.action == "opened"}
    assert all(alert.state == "open" and alert.sent_at for alert in found.alerts)


def test_the_command_line_says_the_same(stack, home, told):
    """`ridewatch alerts --json`."""
    assert told
    code = "from ridewatch.cli import app; app()"
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code, "alerts", "--json"],
        env=os.environ | {"RIDEWATCH_HOME": str(home.folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert AlertList.model_validate_json(done.stdout).alerts == ask(stack, "/alerts", AlertList).alerts


def test_flagged_predictions_wait(stack, told):
    """Whatever carried a flag is in the review list, the latest first."""
    assert told
    flagged = database(stack)["predictions"].count_documents({"flags.0": {"$exists": True}})
    found = ask(stack, "/review?limit=200", ReviewList)
    assert len(found.reviews) == min(flagged, 200)
    assert all(review.flags and review.state == "waiting" for review in found.reviews)
