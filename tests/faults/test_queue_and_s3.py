"""The queue or S3 refuses: callers are answered, and what could not be sent comes back."""

import json
import time

import pytest
import requests

from ridewatch.unsent import send_again, unsent
from tests.faults.accounting import account, until_settled, waiting
from tests.faults.load import Load
from tests.faults.stacks import LONG, REPAIRED, give, seconds
from tests.faults.table import Row
from tests.live import eventually

pytestmark = pytest.mark.timeout(600)

AWAY = seconds(30, 5)
HOURLY = "itself, by the hourly rule (called here at once)"


def redrive(stack):
    """Call what the hourly rule calls."""
    answer = stack.client("lambda").invoke(FunctionName=stack.functions["RedriveFunction"], Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()


@pytest.mark.parametrize("how", ["refusing", pytest.param("silent", marks=LONG)])
def test_the_queue_is_away(stack, rides, proxy, table, how):
    with Load(stack, rides, requests=seconds(400, 60)) as load:
        setattr(proxy, how, {"sqs"})
        time.sleep(AWAY)
        eventually(lambda: waiting(stack)["spill"])
        proxy.repair()
        repaired = time.monotonic()
    assert set(load.statuses) == {"200"}
    redrive(stack)
    back = until_settled(stack, load.accepted, REPAIRED, began=repaired)
    account(stack, load.accepted)
    fault = {"refusing": "queue refuses (503)", "silent": "queue takes requests and never answers"}[how]
    table.append(Row(f"{fault} for {AWAY} s", load, back, HOURLY))


@LONG
def test_s3_refuses(stack, rides, proxy, table):
    with Load(stack, rides, callers=1, requests=seconds(400, 60)) as load:
        proxy.refusing = {"s3"}
        time.sleep(AWAY)
        eventually(lambda: proxy.refused)
        proxy.repair()
        repaired = time.monotonic()
    assert set(load.statuses) == {"200"}
    back = until_settled(stack, load.accepted, REPAIRED, began=repaired)
    account(stack, load.accepted)
    table.append(Row(f"S3 refuses (503) for {AWAY} s: warm functions", load, back, "itself"))


@LONG
def test_a_cold_function_answers_by_the_fallback_while_s3_refuses(stack, rides, proxy, table):
    proxy.refusing = {"s3"}
    give(stack, "PredictFunction", COLD="1")
    load = Load(stack, rides, callers=1, requests=6).run()
    assert set(load.statuses) == {"200"}
    assert requests.get(f"{stack.api_url}/health", timeout=30).json()["model_version"] is None
    proxy.repair()
    repaired = time.monotonic()
    eventually(lambda: requests.get(f"{stack.api_url}/health", timeout=30).json()["status"] == "ok")
    back = until_settled(stack, load.accepted, REPAIRED, began=repaired)
    account(stack, load.accepted)
    table.append(Row("S3 refuses (503): a function that starts meanwhile, by the fallback", load, back, "itself"))


def test_the_queue_and_s3_refuse(stack, rides, proxy, table):
    with Load(stack, rides, callers=1, requests=seconds(200, 30)) as load:
        proxy.refusing = {"sqs", "s3"}
        time.sleep(AWAY)
        eventually(lambda: unsent(stack))
        proxy.repair()
        repaired = time.monotonic()
    assert set(load.statuses) == {"200"}
    assert send_again(stack) == counted_unsent(stack)
    redrive(stack)
    back = until_settled(stack, load.accepted, REPAIRED, began=repaired)
    account(stack, load.accepted)
    table.append(Row(f"queue and S3 refuse (503) for {AWAY} s", load, back, "`ridewatch redrive --logs`"))


def counted_unsent(stack):
    """Add up the metric in predict's log."""
    group = "/aws/lambda/ridewatch/predict"
    pages = stack.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
    lines = [event["message"] for page in pages for event in page["events"] if '"EventsUnsent":' in event["message"]]
    return int(sum(sum(json.loads(line)["EventsUnsent"]) for line in lines))
