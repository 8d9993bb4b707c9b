"""A window that a person calls normal becomes a reference beside the model's own, column by column."""

import random

import numpy as np
import pytest

from contracts.alerts import Acceptance
from drift_report import app
from drift_report.drawing import NotDrawn
from drift_report.windows import window_of
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.counting import profile_of
from monitoring.profiles.fitting import Rows, reference_of
from monitoring.profiles.observed import HourOf, observed
from monitoring.profiles.spec import make_spec
from monitoring.window.acceptance import beside, normal_of
from tests.alarming import NOW
from tests.fakes.aws import FakeObjects
from tests.fakes.mongodb import FakeMongo
from tests.reporting import DAY, DECLARED, HOUR, MIDNIGHT, VERSION, logged, parts, publish, reference_columns
from tests.stores import fake_stores

EAST, WEST = [str(zone) for zone in range(1, 9)], [str(zone) for zone in range(20, 29)]
SHORT, LONG = (0.4, 0.9), (7.0, 12.0)
"""Miles."""


@pytest.fixture
def stores():
    """Give stores in memory."""
    return fake_stores(FakeMongo())


@pytest.fixture
def world(stores, monkeypatch):
    """Give a process with a model, that draws nothing."""

    def not_drawn(*_arguments):
        message = "not in this test"
        raise NotDrawn(message)

    monkeypatch.setattr("drift_report.parts.draw", not_drawn)
    objects = FakeObjects()
    publish(objects)
    found = parts(stores, objects)
    monkeypatch.setattr(app, "here", lambda: found)
    return found


def log(stores, first_day, miles, days=1, rides_a_day=120):
    """Log rides of about so many miles, day after day."""
    luck = random.Random(first_day)  # noqa: S311 - no secret
    for day in range(first_day, first_day + days):
        for place in range(rides_a_day):
            number, pickup = day * 1000 + place, MIDNIGHT + day * DAY + DAY * place / rides_a_day
            stores.predictions.add([logged(number, pickup, luck, {"distance": luck.uniform(*miles)})], stores.clock())
            stores.hours.touch([(VERSION, pickup.replace(minute=0, second=0, microsecond=0))], stores.clock())


def span(first_day, days=1):
    """Give the order of some days."""
    start = MIDNIGHT + first_day * DAY
    return {"start": start.isoformat(), "end": (start + days * DAY).isoformat(), "model_version": VERSION}


def report(stores, first_day, days=1):
    """Report some days, and give the report."""
    (summary,) = app.handler(span(first_day, days))["reports"]
    return stores.reports.get(summary["report_id"])


def column(made, name="distance"):
    """Give a column of a report."""
    return {one.name: one for one in made.columns}[name]


def accept(stores, made, name="distance"):
    """Call a window normal."""
    stores.acceptances.add(
        Acceptance(
            acceptance_id=f"of-{made.report_id}",
            report_id=made.report_id,
            model_version=VERSION,
            window=made.window,
            column=name,
            why="a new terminal",
            who="ada",
            at=stores.clock(),
        )
    )


@pytest.mark.usefixtures("world")
class TestReports:
    """What a report says of a column that was accepted."""

    def test_a_column_like_the_accepted_window_is_told_as_accepted(self, world, stores):
        log(stores, 0, SHORT, days=3)
        assert column(report(stores, 0)).drifted is True
        accept(stores, report(stores, 0, days=2))
        made = report(stores, 2)
        assert (column(made).drifted, column(made).is_accepted) == (True, True)
        assert column(made).accepted.window == window_of(MIDNIGHT, MIDNIGHT + 2 * DAY, world.settings.time_zone)
        assert made.sentences[0].endswith("; besides, accepted as normal, distance.")
        assert column(made, "zone").accepted is None

    def test_one_that_has_left_it_is_not(self, stores):
        log(stores, 0, SHORT, days=2)
        log(stores, 2, LONG)
        accept(stores, report(stores, 0, days=2))
        made = report(stores, 2)
        assert (column(made).drifted, column(made).accepted.close) == (True, False)
        assert column(made).accepted.psi_lower > 0.1
        assert "accepted" not in made.sentences[0]

    def test_the_last_word_holds_and_can_be_taken_back(self, stores):
        log(stores, 0, SHORT)
        log(stores, 1, LONG, days=2)
        first, second = report(stores, 0), report(stores, 1)
        accept(stores, first)
        accept(stores, second)
        assert column(report(stores, 2)).accepted.acceptance_id == f"of-{second.report_id}"
        stores.acceptances.undo(f"of-{second.report_id}", "ada", stores.clock())
        assert column(report(stores, 2)).accepted.close is False
        stores.acceptances.undo(f"of-{first.report_id}", "ada", stores.clock())
        assert column(report(stores, 2)).accepted is None

    def test_all_columns_can_be_accepted_those_that_repeat_by_whole_weeks(self, stores):
        """A day says nothing of the hours of other days; a week does."""
        log(stores, 0, SHORT, days=15, rides_a_day=60)
        accept(stores, report(stores, 0), name=None)
        day = report(stores, 14)
        assert column(day, "distance").accepted is not None
        assert column(day, "hour").accepted is None
        accept(stores, report(stores, 0, days=7), name=None)
        assert column(report(stores, 14), "hour").accepted.close is True

    def test_no_alert_opens_while_it_is_close_and_one_does_when_it_leaves(self, stores):
        log(stores, 0, SHORT, days=4)
        for day in (0, 1):
            report(stores, day)
        assert [alert.rule for alert in stores.alerts.open() if alert.subject.name == "distance"] == ["column_moved"]
        accept(stores, report(stores, 0, days=2))
        for day in (2, 3):
            report(stores, day)
        assert [alert.rule for alert in stores.alerts.open() if alert.subject.name == "distance"] == []
        log(stores, 4, LONG, days=2)
        for day in (4, 5):
            report(stores, day)
        assert [alert.rule for alert in stores.alerts.open() if alert.subject.name == "distance"] == ["column_moved"]


SPEC = make_spec(DECLARED, reference_columns())
KNOWN = reference_of(SPEC, Rows(reference_columns(), {}, np.arange(2_000) % (24 * 28)))


def hours(zones, days=7, rows=20, seed=1):
    """Give the hours of some days."""
    luck = np.random.default_rng(seed)
    for hour in range(24 * days):
        columns = {
            "zone": luck.choice(zones, rows).tolist(),
            "distance": luck.lognormal(1, 0.5, rows).tolist(),
            "hour": [hour % 24] * rows,
        }
        empty = {one.name: [None] * rows for one in SPEC.columns if one.name not in columns}
        yield HourOf(hour % 168, hour // 24, profile_of(SPEC, columns | empty, {}))


def compared(zones, **more):
    """Hold some days against the model's reference."""
    found = observed(SPEC, hours(zones, **more))
    return Comparison(found, KNOWN.at(found.rows, found.judged), KNOWN, 50)


class TestBeside:
    """The score itself."""

    def test_the_same_distribution_is_close_and_scores_nothing(self):
        found = beside(compared(EAST, seed=2), SPEC.column("zone"), normal_of(SPEC, hours(EAST)))
        assert found.close
        assert found.psi.corrected == pytest.approx(0, abs=0.02)

    def test_another_one_is_not_close(self):
        found = beside(compared(WEST), SPEC.column("zone"), normal_of(SPEC, hours(EAST)))
        assert not found.close
        assert found.psi.lower > 1

    def test_of_too_few_rows_nothing_is_close(self):
        """What cannot be compared is not accepted."""
        found = beside(compared(EAST), SPEC.column("zone"), normal_of(SPEC, hours(EAST, days=1, rows=2)))
        assert (found.close, found.psi) == (False, None)

    def test_of_no_rows_there_is_nothing_normal(self):
        assert normal_of(SPEC, ()) is None

    def test_it_is_put_at_the_hours_of_the_week_of_now(self):
        """East by day and west by night: a window of nights alone is close to a week of both."""
        week = list(hours(EAST, seed=3))
        nights = list(hours(WEST, seed=4))
        both = [night if place % 24 < 6 else day for place, (day, night) in enumerate(zip(week, nights, strict=True))]
        now = observed(SPEC, [hour for place, hour in enumerate(hours(WEST, seed=5)) if place % 24 < 6])
        window = Comparison(now, KNOWN.at(now.rows, now.judged), KNOWN, 50)
        assert beside(window, SPEC.column("zone"), normal_of(SPEC, both)).close
        assert not beside(window, SPEC.column("hour"), normal_of(SPEC, both)).close

    def test_it_says_how_much_was_missing_and_never_seen_then(self):
        found = beside(compared(EAST), SPEC.column("zone"), normal_of(SPEC, hours(["1", None, "x", "y"])))
        assert found.missing_share == pytest.approx(0.25, abs=0.03)
        assert found.unseen_share == pytest.approx(0.5, abs=0.03)


def test_an_acceptance_covers_its_column_or_all():
    """And an undone one is no longer listed; see tests/contracts/test_alert_stores.py."""
    fields = {"report_id": "r", "model_version": "v1", "why": "w", "who": "a", "at": NOW, "acceptance_id": "a"}
    window = window_of(MIDNIGHT, MIDNIGHT + HOUR, NOW.tzinfo)
    assert Acceptance(window=window, column="zone", **fields).covers("zone")
    assert not Acceptance(window=window, column="zone", **fields).covers("distance")
    assert Acceptance(window=window, **fields).covers("distance")
