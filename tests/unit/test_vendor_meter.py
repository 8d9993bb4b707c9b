"""One vendor's meters add a tenth: it is that vendor that is named, within days, and nobody in a quiet month."""

from datetime import UTC, datetime, time, timedelta
from functools import cache

import numpy as np
import pytest

from contracts.ride import NEW_YORK
from contracts.window import Window
from monitoring.alerts.finding import evaluate
from monitoring.alerts.transitions import transitions
from monitoring.profiles import reference as references
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.counting import code
from monitoring.profiles.observed import observed_rows
from monitoring.watch.false_alarms import ticket_level
from monitoring.window.contrasts import BOUND, contrasts_of
from rides.alert_rules import RULES
from ridewatch.faults.fault import fault_of
from ridewatch.faults.planting import planted
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from ridewatch.training import lesson
from ridewatch.training.lesson import lesson_of
from ridewatch.training.reference import hours_of, with_outcomes
from ridewatch.training.train import train
from tests.alarming import told
from tests.months import month, needs_real_rides

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LEAST, WEEK, DAY = 50, 7, np.timedelta64(1, "D")
METER = fault_of("vendor_meter")
RULE = [rule for rule in RULES if rule.name == "segment_moved"]
LEVEL = ticket_level(1, 30.44)
"""One false ticket a month, of a report a day."""
QUIET = ("2019-03", "2019-04", "2019-05", "2019-06")


class Taught:
    """A model, and what its days are held against."""

    def __init__(self, rides):
        trained = train(rides, (), NOW)
        self.learnt, self.reference = trained.learnt, references.unpacked(trained.artifacts["profile"])

    def days(self, rides, first):
        """Give the report of each day that ends a week of rides from a first day on."""
        length = (rides.pickup_time.max() - first) // DAY + 1
        return [self.report(rides, first, day) for day in range(WEEK, length + 1)]

    def report(self, rides, first, day):
        """Give the report of the last of so many days."""
        end = first + day * DAY
        week = self.weeks(rides.take((rides.pickup_time >= end - WEEK * DAY) & (rides.pickup_time < end)))
        start, stop = (datetime.combine(moment.tolist(), time(), NEW_YORK) for moment in (end - DAY, end))
        window = Window(kind="day", start=start, end=stop)
        return told(0, window=window, as_of=window.end, report_id=f"{end}", contrasts=contrasts_of(week))

    def weeks(self, rides):
        """Hold the rides of whole weeks against the reference's."""
        found = lesson_of(rides, dates=False)
        columns = with_outcomes(found.features, minutes=found.minutes, **self.learnt.says(found)._asdict())
        observed = observed_rows(code(self.reference.spec, columns), hours_of(found.chosen.rides))
        return Comparison(observed, self.reference.of_whole_weeks, self.reference, LEAST)


@cache
def winter():
    """Give what was taught by January and February 2019, as they were."""
    return Taught(concatenate([month("2019-01"), month("2019-02")]))


@cache
def simulated_winter():
    """The same of simulated rides."""
    return Taught(load("simulated?start=2019-01-01&days=59&rows=20000"))


def real(name):
    """Give the rides of a month, those with wrong dates left out."""
    return month(name).take(month(name).pickup_time.astype("datetime64[M]") == np.datetime64(name))


def simulated_march():
    """Give ten thousand rides of March, simulated."""
    rides = load("simulated?start=2019-03-01&days=31&rows=10000", seed=5)
    return rides.take(rides.pickup_time.astype("datetime64[M]") == np.datetime64("2019-03"))


def opened(reports):
    """Give what the rule opens, and after which day's report."""
    for place in range(1, len(reports) + 1):
        found = transitions((), evaluate(RULE, reports[:place], (), LEVEL), (), NOW)
        if found:
            return [each.alert for each in found], reports[place - 1].window.end
    return [], None


@pytest.mark.parametrize(
    ("taught", "march"),
    [
        pytest.param(simulated_winter, simulated_march, id="simulated"),
        pytest.param(winter, lambda: real("2019-03"), id="real", marks=needs_real_rides),
    ],
)
def test_the_vendor_is_named_within_eight_days_and_nobody_else_in_the_month(taught, march, monkeypatch):
    """Day by day, by the rule that ships: as soon as most of the week is of rides so measured, on two days."""
    monkeypatch.setattr(lesson, "LEAST_RIDES", LEAST)
    first = np.datetime64("2019-03-01", "D")
    reports = taught().days(planted(march(), METER, seed=1), first)
    alerts, at = opened(reports)
    assert [(alert.subject.name, alert.cause, alert.severity) for alert in alerts] == [
        ("vendor=2: distance", "covariate", "ticket")
    ]
    began = datetime(2019, 3, METER.day, tzinfo=NEW_YORK)
    assert timedelta(0) < at - began <= timedelta(days=8)
    assert {found.segment_id for report in reports for found in report.contrasts if found.moved} == {"vendor=2"}


@needs_real_rides
@pytest.mark.parametrize("name", QUIET)
def test_in_a_quiet_month_nobody_is_named(name, monkeypatch):
    """As it was, day by day: each with the six before it."""
    monkeypatch.setattr(lesson, "LEAST_RIDES", LEAST)
    reports = winter().days(real(name), np.datetime64(f"{name}-01", "D"))
    assert [found for report in reports for found in report.contrasts if found.moved] == []


@needs_real_rides
@pytest.mark.parametrize("name", QUIET)
def test_a_week_with_the_meter_is_told_from_every_quiet_one(name):
    """The first of each month; the rest is as it was."""
    rides = real(name)
    first = np.datetime64(f"{name}-01", "D")
    changed = planted(rides, METER.model_copy(update={"day": 1}), seed=1)
    week = winter().weeks(changed.take(changed.pickup_time < first + WEEK * DAY))
    found = {one.segment_id: one for one in contrasts_of(week) if one.moved}
    assert set(found) == {"vendor=2"}
    assert found["vendor=2"].change.low > BOUND
