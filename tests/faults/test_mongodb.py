"""MongoDB away: callers never notice, and all is stored once it is back."""

import time

import pytest

from tests.faults.accounting import account, until_settled
from tests.faults.load import Load
from tests.faults.stacks import ASK, GO_ON, HOLD, KILL, REPAIRED, by_name, mongodb_again, seconds, signalled
from tests.faults.table import Row
from tests.live import eventually

pytestmark = pytest.mark.timeout(900)

AWAY = seconds(120, 8)


def restart(home, stack):
    eventually(lambda: not stack.processes["mongodb"].is_alive)
    mongodb_again(home, stack)


def go_on(_home, stack):
    signalled(stack, GO_ON)


FAULTS = {
    f"MongoDB killed (SIGKILL), started again after {AWAY} s": (KILL, restart),
    f"MongoDB told to stop (SIGTERM), started again after {AWAY} s": (ASK, restart),
    f"MongoDB held (SIGSTOP) for {AWAY} s: it takes connections and never answers": (HOLD, go_on),
}


@pytest.mark.parametrize("fault", by_name(FAULTS, "MongoDB told"))
def test_mongodb_away_under_load(home, stack, rides, table, fault):
    how, repair = FAULTS[fault]
    with Load(stack, rides, requests=seconds(800, 60)) as load:
        time.sleep(1)
        signalled(stack, how)
        time.sleep(AWAY)
        repair(home, stack)
        repaired = time.monotonic()
        time.sleep(1)
    assert set(load.statuses) == {"200"}
    back = until_settled(stack, load.accepted, REPAIRED, began=repaired)
    account(stack, load.accepted)
    table.append(Row(fault, load, back, "itself"))
