"""The queue or S3 refuses: callers are answered, and what could not be sent comes back."""

import time

import pytest

from tests.faults.accounting import account, until_settled, waiting
from tests.faults.load import Load
from tests.faults.stacks import REPAIRED, seconds
from tests.faults.table import Row
from tests.live import eventually

pytestmark = pytest.mark.timeout(600)

AWAY = seconds(30, 5)
HOURLY = "itself, by the hourly rule (called here at once)"


def redrive(stack):
    """Call what the hourly rule calls."""
    answer = stack.client("lambda").invoke(FunctionName=stack.functions["RedriveFunction"], Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()


@pytest.mark.parametrize("how", ["refusing", "silent"])
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


def test_s3_refuses(stack, rides, proxy, table):
    with Load(stack, rides, requests=seconds(400, 60)) as load:
        proxy.refusing = {"s3"}
        time.sleep(AWAY)
        eventually(lambda: proxy.refused)
        proxy.repair()
        repaired = time.monotonic()
    assert set(load.statuses) == {"200"}
    back = until_settled(stack, load.accepted, REPAIRED, began=repaired)
    account(stack, load.accepted)
    table.append(Row(f"S3 refuses (503) for {AWAY} s", load, back, "itself"))
