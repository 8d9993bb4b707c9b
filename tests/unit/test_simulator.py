from datetime import date

import numpy as np
import pytest

from ridewatch.simulator.order import Order, is_simulated
from ridewatch.simulator.scenarios import SCENARIOS
from ridewatch.sources.load import load


@pytest.fixture(scope="module")
def many():
    """Enough rides for rare dirt to show."""
    return load("simulated?rows=300000", seed=1)


@pytest.fixture(scope="module")
def emptied():
    """Rides of a lockdown from its first day."""
    return load("simulated:lockdown?rows=300000", seed=1)


def same(one, other):
    """Tell whether columns are equal, missing values included."""
    return all(np.array_equal(a, b, equal_nan=a.dtype.kind in "fM") for a, b in zip(one, other, strict=True))


class TestOrders:
    """What the words after `simulated` mean."""

    def test_nothing_said_means_a_month_of_the_baseline(self):
        """The defaults."""
        order = Order.parse("simulated")
        assert (order.scenario.name, order.start, order.days, order.rows) == ("baseline", date(2019, 1, 1), 31, 20_000)

    def test_everything_said(self):
        """Words win over the rows that a limit would ask for."""
        order = Order.parse("simulated:lockdown?start=2020-03-01&days=61&rows=500&from=2020-03-16", rows=9)
        assert order.scenario is SCENARIOS["lockdown"]
        assert (order.start, order.days, order.rows) == (date(2020, 3, 1), 61, 500)
        assert order.onset == date(2020, 3, 16)

    def test_only_simulated_is_simulated(self):
        """A file may begin with the word."""
        assert is_simulated("simulated")
        assert is_simulated("simulated:lockdown?rows=5")
        assert not is_simulated("simulated-rides.parquet")

    @pytest.mark.parametrize("name", SCENARIOS)
    def test_a_limit_is_met_whatever_a_scenario_takes(self, name):
        """Whoever asks for 1,500 rides gets them."""
        assert len(load(f"simulated:{name}", limit=1500)) == 1500


class TestSimulatedRides:
    """The same seed, the same rides; within their days; dirty as real ones."""

    def test_same_seed_same_rides(self):
        """Every column is a function of the seed and the order."""
        once, again, other = (load("simulated?rows=3000", seed=seed).columns().values() for seed in (5, 5, 6))
        assert same(once, again)
        assert not same(once, other)

    def test_another_month_is_not_the_same_rides_later(self):
        """The order is part of the seed."""
        tuesdays = ("2019-01-01", "2019-02-26")
        once, later = (load(f"simulated?rows=3000&start={day}&days=28", seed=5) for day in tuesdays)
        assert (once.pickup_zone == later.pickup_zone).mean() < 0.2

    def test_pickups_lie_in_the_days_asked_but_for_wrong_dates(self):
        """Three days asked, three days given."""
        rides = load("simulated?rows=20000&start=2019-03-05&days=3")
        days = rides.pickup_time.astype("datetime64[D]")
        inside = (days >= np.datetime64("2019-03-05")) & (days <= np.datetime64("2019-03-07"))
        assert inside.mean() > 0.999
        assert len(np.unique(days[inside])) == 3

    def test_rides_are_in_pickup_order(self, many):
        """Ready to be replayed."""
        assert (np.diff(many.pickup_time) >= np.timedelta64(0)).all()

    def test_dirt_comes_at_real_rates(self, many):
        """Zero distances, meters left on, false starts, nulls and wrong dates."""
        minutes = many.duration_minutes
        assert 0.004 < (many.distance == 0).mean() < 0.01
        assert 0.001 < (minutes > 600).mean() < 0.004
        assert 0.005 < (minutes < 1).mean() < 0.015
        assert 0.002 < np.isnan(many.passengers).mean() < 0.006
        assert (np.isnan(many.passengers) == (many.vendor == -1)).all()
        month = many.pickup_time.astype("datetime64[M]")
        assert 5 < (month != np.datetime64("2019-01")).sum() < 50
        assert (month == np.datetime64("2008-12")).any()

    def test_zones_and_times_are_possible(self, many):
        """Dirt is of the kinds that are real, no other."""
        assert many.pickup_zone.min() >= 1
        assert many.dropoff_zone.max() <= 265
        assert (many.dropoff_time >= many.pickup_time).all()
        assert (many.distance >= 0).all()

    def test_even_one_ride_can_be_had(self):
        """The smallest order."""
        assert len(load("simulated?rows=1&days=1")) == 1


class TestLockdown:
    """The streets emptied."""

    def test_few_rides_are_left_about_as_many_as_its_share_says(self, emptied):
        """The share that limits count on is the measured one."""
        assert len(emptied) / 300_000 == pytest.approx(SCENARIOS["lockdown"].share, rel=0.05)

    def test_rides_are_faster(self, emptied, many):
        """Minutes a mile fall by a quarter and more."""

        def minutes_a_mile(rides):
            far = (rides.distance > 2) & (rides.distance < 4) & (rides.duration_minutes < 100)
            return np.median(rides.duration_minutes[far] / rides.distance[far])

        assert minutes_a_mile(emptied) < 0.75 * minutes_a_mile(many)

    def test_evenings_lose_more_than_mornings(self, emptied, many):
        """The mix of hours moves."""

        def evening_share(rides):
            return (rides.pickup_time.astype("datetime64[h]").astype(int) % 24 >= 20).mean()

        assert evening_share(emptied) < 0.7 * evening_share(many)

    def test_from_a_day_on_leaves_the_days_before_alone(self):
        """A scenario may begin in the middle, on the same rides."""
        before, after = (np.datetime64(day) for day in ("2020-03-01", "2020-03-16"))
        quiet, emptied = (
            load(f"simulated{words}start=2020-03-01&days=31&rows=20000", seed=2)
            for words in ("?", ":lockdown?from=2020-03-16&")
        )
        early = quiet.take((quiet.pickup_time >= before) & (quiet.pickup_time < after))
        untouched = emptied.take((emptied.pickup_time >= before) & (emptied.pickup_time < after))
        assert same(early.columns().values(), untouched.columns().values())
        assert (emptied.pickup_time >= after).sum() < 0.05 * (quiet.pickup_time >= after).sum()
