"""Simulated rides with each fault planted: who must notice, how soon, and how quiet it must be otherwise.

These bounds fail the build: whoever makes the monitors blinder, slower or louder learns it here.
"""

import pytest

from ridewatch.backtest.backtest import Sources, backtest
from ridewatch.backtest.plan import Plan
from ridewatch.faults.fault import faults
from ridewatch.sources.load import load

pytestmark = pytest.mark.timeout(1_500)

TRAIN = "simulated?start=2019-01-01&days=59&rows=20000"
DATA = "simulated?start=2019-03-01&days=31&rows=10000"
DAYS = {"vendor_meter": 9, "slow_creep": 15, "utc_times": 9, "slow_traffic": 8, "short_borough": 10}
"""By when the monitor that should must have named a fault; all others within DAYS_ELSE."""
DAYS_ELSE = 4
MONTH = 31


@pytest.fixture(scope="module")
def result():
    """Thirteen passes over March: as it is, and with each fault from the 15th on."""
    data, train = (Sources((name,), load(name, seed=seed)) for seed, name in ((1, DATA), (0, TRAIN)))
    return backtest(data, train, tuple(faults().values()), Plan())


@pytest.fixture
def found(result, name):
    """Give what the monitor that should notice made of a fault."""
    (planted,) = (each for each in result.faults if each.fault == name)
    (found,) = (each for each in planted.monitors if each.by == planted.monitor)
    return found


@pytest.mark.parametrize("name", list(faults()))
def test_who_should_notice_does_by_name_and_soon(found, name):
    """The right column, segment, check or side, within days."""
    assert found.found, name
    assert found.named, (found.subject, found.cause, found.sentence)
    assert found.hours <= 24 * DAYS.get(name, DAYS_ELSE), found.hours


def test_quiet_rides_page_nobody_and_bring_a_ticket_a_month_at_most(result):
    """The budget, on one month; `benchmarks/quiet_quarters.py` has it on 200 quarters."""
    ours = result.false_alarms[0]
    assert ours.pages == 0
    assert ours.tickets <= 1, [alert.sentence for alert in result.alerts]


def test_plain_setups_name_less_and_cry_more(result):
    """What the comparison says: fixed thresholds name fewer faults, and raise more alarms where nothing is wrong."""
    ours, *others = result.false_alarms
    named = {found.by: 0 for found in result.faults[0].setups}
    for planted in result.faults:
        for found in planted.setups:
            named[found.by] += found.named
    for other in others:
        assert named[other.setup] < named["ridewatch"]
        assert other.tickets > ours.tickets


def test_a_month_is_a_month(result):
    """Every ride is asked, and nearly all are labelled."""
    assert (result.rides, result.days) == (10_000, MONTH)
    assert result.labelled_rides > 0.95 * result.rides
