"""Fifty callers at once: every one is answered."""

import pytest

from tests.faults.accounting import account, until_settled
from tests.faults.load import Load
from tests.faults.stacks import REPAIRED, seconds
from tests.faults.table import Row

pytestmark = pytest.mark.timeout(600)

CALLERS = 50
RAMP = 30
"""Seconds until all are there: MiniStack starts a process for each request at once, and fifty on two cores take longer
to start than a function may run."""


def test_fifty_callers_at_once(stack, rides, table):
    load = Load(
        stack, rides, callers=CALLERS, requests=CALLERS * seconds(40, 8), pause=1, ramp=seconds(RAMP, RAMP / 2)
    ).run()
    assert set(load.statuses) <= {"200", "429"}
    assert load.statuses["200"]
    back = until_settled(stack, load.accepted, REPAIRED)
    account(stack, load.accepted)
    table.append(Row(f"{CALLERS} callers at once", load, back, "–"))
