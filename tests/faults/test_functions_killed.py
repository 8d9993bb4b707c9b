"""A function dies in the middle of its work: what it had not finished is done again."""

import time

import pytest

from tests.faults.accounting import account, until_settled
from tests.faults.load import Load
from tests.faults.stacks import GO_ON, HOLD, LONG, REPAIRED, seconds, signalled, workers
from tests.faults.table import Row
from tests.live import archived, eventually

QUEUE = "itself: the queue gives it again"

pytestmark = pytest.mark.timeout(600)


def killed(home, name):
    """Kill every process of a function; tell how many."""
    found = workers(home, name)
    for process in found:
        process.kill()
    return len(found)


def test_record_killed_between_s3_and_mongodb(home, stack, rides, table):
    record = stack.functions["RecordFunction"]
    before = len(archived(stack, "prediction"))
    with Load(stack, rides, requests=seconds(100, 20)) as load:
        signalled(stack, HOLD)
        eventually(lambda: len(archived(stack, "prediction")) > before)
        assert killed(home, record)
        signalled(stack, GO_ON)
        repaired = time.monotonic()
    assert set(load.statuses) == {"200"}
    back = until_settled(stack, load.accepted, REPAIRED, began=repaired)
    account(stack, load.accepted)
    table.append(Row("record killed in mid-batch, S3 written, MongoDB not", load, back, QUEUE))


@LONG
def test_record_killed_again_and_again(home, stack, rides, table):
    record, kills = stack.functions["RecordFunction"], 0
    until = time.monotonic() + seconds(60, 6)
    with Load(stack, rides, requests=seconds(400, 60)) as load:
        while time.monotonic() < until:
            kills += killed(home, record)
            time.sleep(0.7)
        repaired = time.monotonic()
    assert kills
    assert set(load.statuses) == {"200"}
    back = until_settled(stack, load.accepted, REPAIRED, began=repaired)
    account(stack, load.accepted)
    table.append(Row(f"record killed {kills} times, wherever it was", load, back, QUEUE))
