"""Fifty callers at once: every one is answered."""

import pytest

from tests.faults.accounting import account, until_settled
from tests.faults.load import Load
from tests.faults.stacks import REPAIRED, seconds
from tests.faults.table import Row

pytestmark = pytest.mark.timeout(600)

CALLERS = 50
WAVES = range(10, CALLERS + 1, 10)
"""MiniStack starts a process for each request at once, and fifty of them on two cores would take longer to start than a
caller waits; so the callers come by tens."""


def test_fifty_callers_at_once(stack, rides, table):
    come = Load(stack, rides, requests=0)
    for callers in WAVES:
        come += Load(stack, rides, callers=callers, requests=2 * callers, pause=0).run()
    load = Load(stack, rides, callers=CALLERS, requests=CALLERS * seconds(20, 4), pause=0).run()
    assert set(load.statuses) == {"200"}
    table.append(Row(f"{CALLERS} callers at once, no pause", load, None, "–"))
    come += load
    assert set(come.statuses) == {"200"}
    until_settled(stack, come.accepted, REPAIRED)
    account(stack, come.accepted)
