"""Planted faults: each does what it says, from when it says, to as many rides as it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import boto3
import numpy as np
import pytest
from moto import mock_aws

from adapters.models import card_key
from adapters.objects import Objects
from adapters.parameters import Parameters
from ridewatch.faults.changes import CHANGES
from ridewatch.faults.fault import UnknownFault, fault_of, faults
from ridewatch.faults.planting import answered, as_rides, parted, planted
from ridewatch.faults.pointer import NotFollowed, NoWorseModel, set_back
from ridewatch.faults.replayed import stages_of
from ridewatch.simulator.clock import hour_of
from ridewatch.sources.load import load
from tests.cards import card as some_card

OF_RIDES = [name for name, fault in faults().items() if fault.of == "rides"]
NOON = np.datetime64("2019-01-15T12:00", "us")


@pytest.fixture(scope="module")
def month():
    """A simulated January, dirt included."""
    return load("simulated?rows=20000", seed=1)


def after(rides, name):
    """Give the rides after a fault's beginning, as they were and as they became."""
    fault = fault_of(name)
    begins = fault.begins(rides)
    changed = planted(rides, fault, seed=3)
    return parted(rides, fault)[1], changed.take(changed.pickup_time >= begins)


def differing(one, other):
    """Tell which rows of two tables differ."""
    pairs = zip(one.columns().values(), other.columns().values(), strict=True)
    return np.any([~((a == b) | ((a != a) & (b != b))) for a, b in pairs], axis=0)  # noqa: PLR0124 - NaN and NaT


def test_there_are_twelve_and_each_can_be_planted():
    """Of rides, of answers, or of the model; nothing in the code that is not in the file."""
    assert len(faults()) == 12
    assert set(OF_RIDES) == set(CHANGES)
    assert [name for name, fault in faults().items() if fault.of == "model"] == ["older_model"]
    assert [name for name, fault in faults().items() if fault.of == "answers"] == ["short_borough"]


def test_an_unknown_fault_is_refused_with_those_that_there_are():
    """As every wrong word of a SOURCE."""
    with pytest.raises(UnknownFault, match="kilometres"):
        fault_of("meteor")


@pytest.mark.parametrize("name", [name for name in faults() if name != "older_model"])
def test_before_it_begins_all_is_as_it_was_and_then_as_many_rides_change_as_it_says(month, name):
    """The first half of the month to the byte; the share within a fifth."""
    fault = fault_of(name)
    changed = as_rides(month, fault, seed=3)
    before = month.pickup_time < fault.begins(month)
    assert not differing(month.take(before), changed.take(changed.pickup_time < fault.begins(month))).any()
    lost_or_more = abs(len(changed) - len(month))
    touched = lost_or_more or int(differing(month, changed).sum())
    assert touched / int((~before).sum()) == pytest.approx(fault.share, rel=0.2)


@pytest.mark.parametrize("name", OF_RIDES)
def test_the_same_seed_plants_the_same(month, name):
    """So that a run can be repeated."""
    once, again = (planted(month, fault_of(name), seed=4) for _ in range(2))
    assert not differing(once, again).any()


@pytest.mark.parametrize("name", OF_RIDES)
def test_of_no_rides_nothing_becomes(month, name):
    """Nor of rides that all lie before it begins."""
    assert len(planted(month.take(slice(0)), fault_of(name), seed=1)) == 0
    assert len(planted(month.take(slice(500)), fault_of(name), seed=1)) == 500


def test_kilometres(month):
    was, became = after(month, "kilometres")
    assert became.distance == pytest.approx(was.distance * 1.609344, nan_ok=True)


def test_passengers_are_missing_from_noon(month):
    fault = fault_of("null_passengers")
    assert fault.begins(month) == NOON
    assert np.isnan(after(month, "null_passengers")[1].passengers).all()


def test_a_zone_is_renamed_at_both_ends(month):
    was, became = after(month, "renamed_zone")
    for end in ("pickup_zone", "dropoff_zone"):
        assert (getattr(became, end) != 237).all()
        assert (getattr(became, end) == 110).sum() == np.isin(getattr(was, end), [237, 110]).sum()


def test_times_in_utc_are_five_hours_late_in_winter_and_four_in_summer():
    winter, summer = (load(f"simulated?rows=3000&start={start}", seed=1) for start in ("2019-01-01", "2019-06-01"))
    for rides, hours in ((winter, 5), (summer, 4)):
        was, became = after(rides, "utc_times")
        assert len(was) == len(became)
        assert set((became.pickup_time - was.pickup_time).astype("timedelta64[h]").astype(int)) == {hours}
        assert became.duration_minutes == pytest.approx(was.duration_minutes)


def test_one_vendors_meter_runs_fast(month):
    was, became = after(month, "vendor_meter")
    assert (was.vendor == 2).any()
    assert became.distance == pytest.approx(was.distance * np.where(was.vendor == 2, 1.1, 1.0), nan_ok=True)


def test_duplicates_are_rides_that_were_there(month):
    was, became = after(month, "duplicates")
    assert len(became) > len(was)
    assert set(became.pickup_time.tolist()) == set(was.pickup_time.tolist())


def test_no_ride_is_left_of_the_dropped_hours(month):
    was, became = after(month, "dropped_hours")
    assert set(hour_of(became.pickup_time)) == set(range(24)) - {16, 17, 18, 19}
    assert len(became) == (~np.isin(hour_of(was.pickup_time), [16, 17, 18, 19])).sum()


def test_slow_traffic_takes_a_quarter_longer(month):
    was, became = after(month, "slow_traffic")
    assert became.duration_minutes == pytest.approx(was.duration_minutes * 1.25, rel=1e-4, abs=1e-4)


def test_only_long_rides_are_left(month):
    was, became = after(month, "long_rides")
    assert became.distance.min() >= 5
    assert len(became) == (was.distance >= 5).sum()


def test_the_creep_is_slow_and_ends():
    was, became = after(load("simulated?rows=20000&days=45", seed=1), "slow_creep")
    day = (was.pickup_time - np.datetime64("2019-01-15")) / np.timedelta64(1, "D")
    known = was.duration_minutes > 1
    longer = became.duration_minutes[known] / was.duration_minutes[known]
    expected = 1 + 0.025 * np.minimum(day[known] - day.min(), 14)
    assert longer == pytest.approx(expected, abs=1e-4)
    assert (longer[day[known] > 14.1] > 1.349).all()


def test_a_borough_is_answered_three_minutes_short_and_a_live_stack_sees_the_same_errors(month):
    fault, minutes = fault_of("short_borough"), np.full(len(month), 10.0)
    became = answered(minutes, month, fault)
    assert set(became.tolist()) == {7.0, 10.0}
    assert answered(np.ones(len(month)), month, fault).min() == 0
    errors, live = became - month.duration_minutes, minutes - as_rides(month, fault, seed=1).duration_minutes
    assert live == pytest.approx(errors, nan_ok=True, abs=1e-4)


def test_rides_with_wrong_dates_do_not_say_when_a_fault_begins(month):
    """Meters that lost their clock show rides of 2008; others have no pickup time at all."""
    times = month.pickup_time.copy()
    times[:5], times[5:9] = np.datetime64("2008-12-31T23:00"), np.datetime64("NaT")
    assert fault_of("kilometres").begins(replace(month, pickup_time=times)) == np.datetime64("2019-01-15")


class TestAnOlderModel:
    """The one fault that befalls a stack."""

    @pytest.fixture
    def stack(self):
        """A stack with S3 and SSM."""
        with mock_aws():
            boto3.client("s3").create_bucket(Bucket="ridewatch")
            yield SimpleNamespace(bucket="ridewatch", champion_parameter="/champion", client=boto3.client)

    @staticmethod
    def publish(stack, version, mae, age):
        """Put a card where a version's lies, and the pointer on it."""
        found = some_card(version, {})
        errors = {"model": found.errors["model"].model_copy(update={"mae": mae})}
        created = datetime(2019, 3, 1, tzinfo=UTC) - timedelta(days=age)
        card = found.model_copy(update={"errors": errors, "created_at": created})
        Objects(stack.client("s3"), "ridewatch").put(card_key(version), card.model_dump_json().encode())
        Parameters(stack.client("ssm")).write("/champion", version)

    def test_the_worst_older_version_takes_over(self, stack):
        for version, mae, age in [("bad", 4.0, 9), ("worse", 5.0, 8), ("better", 2.0, 7), ("now", 3.0, 1)]:
            self.publish(stack, version, mae, age)
        pointer = Parameters(stack.client("ssm"))
        assert set_back(stack, lambda: pointer.read("/champion")) == "worse"

    def test_without_an_older_and_worse_one_nothing_is_done(self, stack):
        self.publish(stack, "better", 2.0, 7)
        self.publish(stack, "now", 3.0, 1)
        with pytest.raises(NoWorseModel, match="train on little first"):
            set_back(stack, lambda: "now")
        assert Parameters(stack.client("ssm")).read("/champion") == "now"

    def test_a_stack_that_does_not_follow_is_named(self, stack, monkeypatch):
        monkeypatch.setattr("ridewatch.faults.pointer.FOLLOWED_SECONDS", 0.0)
        self.publish(stack, "bad", 4.0, 7)
        self.publish(stack, "now", 3.0, 1)
        with pytest.raises(NotFollowed, match="now still answers"):
            set_back(stack, lambda: "now")

    def test_it_happens_between_two_halves_of_a_replay(self, month):
        happened = []
        before, then = stages_of(month, fault_of("older_model"), lambda: happened.append("set back"), seed=1)
        assert happened == ["set back"]
        assert len(before) + len(then) == len(month)
        assert then.pickup_time.min() >= np.datetime64("2019-01-15")


def test_a_replay_without_a_fault_sends_the_rides_as_they_are(month):
    assert [len(table) for table in stages_of(month, None, list, seed=1)] == [len(month)]
    (planted_rides,) = stages_of(month, fault_of("kilometres"), list, seed=1)
    assert differing(planted_rides, month).any()
