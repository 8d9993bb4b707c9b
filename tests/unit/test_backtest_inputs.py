"""What a backtest is given: when labels are told, which rides are asked in which hour, faults in a file."""

from datetime import UTC, datetime

import numpy as np
import pytest

from ridewatch.backtest.labels import Labels, WrongDelay
from ridewatch.backtest.timetable import Timetable, to_utc
from ridewatch.faults.fault import UnknownFault, read
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate

HOUR = np.timedelta64(1, "h")
AT_ONCE = Labels("fixed", 0.0)


@pytest.fixture(scope="module")
def rides():
    """A week of rides, some with dates years off."""
    return load("simulated?start=2019-03-04&days=7&rows=3000", seed=1)


@pytest.mark.parametrize(
    ("words", "median", "spread"),
    [
        ("fixed:30m", 0.5, 0.0),
        ("uniform:1h-3h", 2.0, 1.0),
        ("exponential:2h", 2 * np.log(2), 2 * np.log(3)),
        ("lognormal:6h,1.0", 6.0, 6 * (np.exp(0.6745) - np.exp(-0.6745))),
    ],
)
def test_delays_are_as_their_distribution_has_them(words, median, spread):
    """Median and interquartile range, in hours."""
    hours = Labels.parse(words).draw(200_000, np.random.default_rng(0)) / HOUR
    low, middle, high = np.quantile(hours, [0.25, 0.5, 0.75])
    assert middle == pytest.approx(median, rel=0.02)
    assert high - low == pytest.approx(spread, rel=0.03, abs=1e-6)


def test_lost_labels_never_come():
    """As many as said."""
    delays = Labels.parse("fixed:1h", lost=0.3).draw(20_000, np.random.default_rng(0))
    assert np.isnat(delays).mean() == pytest.approx(0.3, abs=0.02)


NO_DELAYS = ("soon", "fixed:", "fixed:-1h", "uniform:1h", "lognormal:6h", "exponential:2", "x:1h")


@pytest.mark.parametrize("words", NO_DELAYS)
def test_what_is_no_delay_is_refused_with_the_forms_that_there_are(words):
    """The message is the remedy."""
    with pytest.raises(WrongDelay, match=r"lognormal:6h,1\.0"):
        Labels.parse(words)


def test_every_ride_is_asked_once_in_the_hour_of_its_pickup_and_told_after_its_end(rides):
    """Even those without a usable date: at some time of the days that hold rides."""
    table = Timetable.of(rides, Labels("exponential", 3_600.0), seed=0)
    ticks = list(table.ticks())
    asked = [row for tick in ticks for row in tick.asked]
    assert sorted(asked) == list(range(len(rides)))
    assert [tick.end for tick in ticks] == sorted({tick.end for tick in ticks})
    assert ticks[0].end > datetime(2019, 3, 4, 5, tzinfo=UTC)
    assert table.days == 7
    assert table.asked_at[-1] < np.datetime64("2019-03-11T04:00")
    known = ~np.isnat(table.told_at)
    assert (table.told_at[known] >= table.asked_at[known]).all()
    assert known.sum() == np.isfinite(rides.duration_minutes).sum()


def test_thin_days_beside_busy_ones_are_no_wrong_dates():
    """As the last days of March 2020: hardly any ride, and yet they were driven."""
    busy = load("simulated?start=2019-03-04&days=5&rows=3000", seed=1)
    thin = load("simulated?start=2019-03-09&days=4&rows=12", seed=2)
    both = concatenate([busy, thin]).in_pickup_order()
    table = Timetable.of(both, AT_ONCE, seed=0)
    assert (table.asked_at > np.datetime64("2019-03-09T05:00")).sum() >= 9


def test_new_yorks_clock_is_read_with_its_summer_time():
    """Four hours behind Greenwich from 10 March 2019, 02:00, on, five before."""
    times = np.array(["2019-03-10T01:30", "2019-03-10T03:30", "2019-11-03T12:00"], dtype="datetime64[us]")
    found = to_utc(times).astype("datetime64[m]").astype(str).tolist()
    assert found == ["2019-03-10T06:30", "2019-03-10T07:30", "2019-11-03T17:00"]


def test_faults_of_ones_own_are_read_from_a_file_and_wrong_ones_refused():
    """In the shape of planted.toml."""
    own = read(
        '[kilometres]\ndoes = "x"\nof = "rides"\nday = 3\nhour = 0\nshare = 1.0\nmonitor = "drift"\n'
        'named = "distance"\ncause = "covariate"\n'
    )
    assert own["kilometres"].day == 3
    with pytest.raises(UnknownFault, match="day"):
        read('[kilometres]\ndoes = "x"\n')
    with pytest.raises(UnknownFault, match="planted"):
        read("not toml")
