"""What the numbers say of real months, against a model of the first two."""

from datetime import UTC, datetime

import numpy as np
import pytest

from monitoring.profiles import reference as references
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.counting import code
from monitoring.profiles.observed import observed_rows
from monitoring.window.before_labels import before_labels_of
from monitoring.window.columns import column_reports
from monitoring.window.performance import performance_of
from monitoring.window.segment_reports import segment_reports
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from ridewatch.training import lesson
from ridewatch.training.lesson import lesson_of
from ridewatch.training.reference import hours_of, with_outcomes
from ridewatch.training.train import train
from tests.conftest import REAL_RIDES

FOUR_WEEKS = np.timedelta64(28, "D")
LEAST = 50
QUIET = ("2019-03", "2019-04", "2019-05", "2019-06")

pytestmark = pytest.mark.skipif(not REAL_RIDES.exists(), reason=f"no real rides at {REAL_RIDES}")


def month(name):
    """Give the rides of a month, those with wrong dates left out."""
    rides = load(str(REAL_RIDES / f"yellow_tripdata_{name}.parquet"))
    return rides.take(rides.pickup_time.astype("datetime64[M]") == np.datetime64(name))


class Taught:
    """A model of January and February 2019, and its reference."""

    def __init__(self):
        trained = train(concatenate([month("2019-01"), month("2019-02")]), (), datetime.now(UTC))
        self.learnt = trained.learnt
        self.reference = references.unpacked(trained.artifacts["profile"])

    def observed(self, rides):
        found = lesson_of(rides, dates=False)
        columns = with_outcomes(found.features, minutes=found.minutes, **self.learnt.says(found)._asdict())
        return observed_rows(code(self.reference.spec, columns), hours_of(found.chosen.rides))

    def window(self, rides):
        found = self.observed(rides)
        return Comparison(found, self.reference.at(found.rows, found.judged), self.reference, LEAST)

    def weeks(self, name):
        rides = month(name)
        found = self.observed(rides.take(rides.pickup_time < np.datetime64(name) + FOUR_WEEKS))
        return Comparison(found, self.reference.of_whole_weeks, self.reference, LEAST)

    def columns(self, name):
        return column_reports(self.window(month(name)), self.weeks(name))


@pytest.fixture(scope="module")
def taught():
    """The model that the months are held against."""
    return Taught()


def drifted(columns):
    """Name the columns that drifted."""
    return {column.name for column in columns if column.drifted}


@pytest.mark.parametrize("name", [*QUIET, "2020-03"])
def test_in_a_quiet_month_nothing_moved_and_nothing_is_worse(taught, name):
    """A season is no alarm; every column is judged."""
    columns = taught.columns(name)
    assert {column.status for column in columns if column.role != "error"} == {"ok"}
    assert drifted(columns) == set()
    assert performance_of(taught.window(month(name))).worse is False


def test_when_the_streets_were_empty_zones_hours_and_durations_moved_and_answers_were_too_long(taught):
    """April 2020, by cause and by side."""
    window = taught.window(month("2020-04"))
    found, foreseen = performance_of(window), before_labels_of(window)
    assert {"hour", "pickup_zone", "dropoff_zone", "actual"} <= drifted(taught.columns("2020-04"))
    assert found.worse
    assert found.bias.low > 3
    assert (foreseen.cause, foreseen.side) == ("concept", "long")
    assert foreseen.concept.value >= 0.75 * foreseen.change.value


def test_every_segment_of_april_that_can_be_judged_is_worse_than_its_own_reference(taught):
    """Empty streets are everybody's."""
    judged = [part.performance for part in segment_reports(taught.window(month("2020-04"))) if part.performance.mae]
    assert len(judged) > 12
    assert all(each.mae.low > each.mae.reference for each in judged)


def test_of_the_days_of_a_quiet_spring_at_most_one_in_twenty_flags_anything(taught, monkeypatch):
    """Sixty-one daily windows of about 330 rides, at their own hours of the week."""
    monkeypatch.setattr(lesson, "LEAST_RIDES", 50)
    flagged = 0
    for name in ("2019-03", "2019-04"):
        rides = month(name)
        days = rides.pickup_time.astype("datetime64[D]")
        flagged += sum(
            bool(drifted(column_reports(taught.window(rides.take(days == day)), None))) for day in np.unique(days)
        )
    assert flagged <= 3
