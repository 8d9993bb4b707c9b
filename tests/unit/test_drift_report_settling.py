"""Whatever runs when, dies where, and comes how late: an hour's profile is that of its rows as they stand."""

from dataclasses import replace
from datetime import timedelta
from functools import cache, reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.errors import StoreUnavailable
from adapters.models import ModelStore
from contracts.hourly import Told
from contracts.joining import HourMark, Label, Rank, ToldActual
from contracts.window import Window
from drift_report import settling
from drift_report.baseline import baseline_of
from drift_report.gathered import Gatherer
from drift_report.hourly import known
from drift_report.rows import Standing
from drift_report.settling import OVERLAP, settle
from monitoring.profiles.profile import add, empty
from tests.fakes.aws import FakeObjects
from tests.fakes.interleaving import interleave, stepwise
from tests.fakes.mongodb import FakeMongo
from tests.reporting import HOUR, MIDNIGHT, VERSION, parts, publish
from tests.samples import NOON, prediction
from tests.stores import fake_stores

MINUTE, MOMENT = timedelta(minutes=1), timedelta(seconds=1)
LATEST = 50 * MOMENT
"""So long after its stamp a write may appear."""
DAY = Window(kind="day", start=MIDNIGHT, end=MIDNIGHT + 24 * HOUR)
BEFORE, AFTER = "before", "after"

STORED = st.tuples(st.just("store"), st.integers(0, 7), st.integers(0, 2))
LABELLED = st.tuples(st.just("label"), st.integers(0, 7), st.sampled_from([0.5, 5.0, 12.5, 20.0, 90.0]))
WAITED = st.tuples(st.just("wait"), st.integers(0, 7))
SETTLED = st.tuples(st.just("settle"))
CHANGES = st.lists(STORED | LABELLED, max_size=25)
STEPS = st.lists(STORED | LABELLED | WAITED | SETTLED, max_size=40)


@cache
def published():
    """Give a bucket with one model version, and what its windows are held against."""
    objects = FakeObjects()
    publish(objects)
    return objects, baseline_of(ModelStore(objects), VERSION)


@pytest.fixture(autouse=True, scope="module")
def _few_at_once():
    """Settle in several spans."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "AT_ONCE", 3)
        yield


class World:
    """A database, and everything that happens to it."""

    def __init__(self, steps=()):
        self.mongo = FakeMongo()
        self.stores = fake_stores(self.mongo)
        objects, self.baseline = published()
        self.parts = parts(self.stores, objects)
        self.told = 0
        self.run(steps)

    def run(self, steps):
        """Take step after step."""
        for name, *arguments in steps:
            getattr(self, name)(*arguments)

    def store(self, number, hour, version=None):
        """Store a prediction, or deliver it again."""
        pickup, name = MIDNIGHT + hour * HOUR + number * MINUTE, f"p{number}"
        drawn = {"zone": str(number % 3), "distance": 1.0 + number, "hour": hour}
        answer = {"features": drawn, "model_version": version or ("v2" if number == 7 else VERSION), "flags": ()}
        made = prediction(name, f"r{number % 5}", pickup=pickup, minutes=4.0 + number, **answer)
        self.stores.predictions.add([made], self._stamp())

    def label(self, number, minutes):
        """Give a prediction an actual, or another one."""
        document = self.stores.documents("predictions").get(f"p{number}")
        if document is None:
            return
        self.told += 1
        carried = Rank(document["actual_received_at"], document["actual_id"]) if "actual_id" in document else None
        actual = ToldActual(f"a{self.told}", document["ride"]["ride_id"], minutes, None, NOON, NOON)
        self.stores.predictions.label([Label(document["_id"], minutes, actual, carried)], self._stamp())

    def wait(self, minutes):
        """Let time go by."""
        self.mongo.now += minutes * MINUTE

    def settle(self):
        """Bring every hour up to what has settled."""
        settle(self.parts, self.baseline)

    def rows(self, hour=None):
        """Give the rows of an hour, or all of them, as they stand."""
        marked = [document for document in self.stores.documents("predictions").values() if _is_in(document, hour)]
        return [Standing(row, Told(row["actual"], row["labelled_at"]) if "actual" in row else None) for row in marked]

    def holds(self):
        """Check every hour that is kept against its rows."""
        for number in range(3):
            kept, rows = self.stores.profiles.of(HourMark(VERSION, MIDNIGHT + number * HOUR)), self.rows(number)
            assert known(self.baseline.spec, kept).profile == self.baseline.count(rows)
            if kept:
                rides = [each.row["ride"]["ride_id"] for each in rows]
                assert (kept.rows, kept.rides, kept.copies) == (len(rows), len(set(rides)), 0)
                assert kept.newest_stored == max((each.row["stored_at"] for each in rows), default=None)
                assert kept.newest_event == max((each.row["event_time"] for each in rows), default=None)

    def adds_up(self):
        """Check that the hours of the day, as they are now, add up to its rows."""
        hours = Gatherer(self.parts, self.baseline, self.mongo.clock()).hours(DAY)
        total = reduce(add, (hour.profile for hour in hours.values()), empty(self.baseline.spec))
        assert total == self.baseline.count(self.rows())
        assert sum(hour.sketch.rows for hour in hours.values()) == len(self.rows())

    def _stamp(self):
        """Stamp a write that appears now."""
        self.mongo.now += LATEST
        return self.mongo.now - LATEST


def _is_in(document, hour):
    start = document["event_time"].replace(minute=0)
    return document["model_version"] == VERSION and hour in (None, (start - MIDNIGHT) // HOUR)


class Dying:
    """A store that dies at one of its calls, before the call does anything or after it has."""

    def __init__(self, store, call, when):
        self._store, self._left, self._when = store, call, when

    def __getattr__(self, name):
        def call(*arguments):
            self._left -= 1
            if self._left == 0 and self._when == BEFORE:
                raise StoreUnavailable
            answer = getattr(self._store, name)(*arguments)
            if self._left == 0:
                raise StoreUnavailable
            return answer

        return call


@settings(deadline=None)
@given(STEPS)
def test_an_hour_is_the_profile_of_its_rows_as_they_stand(steps):
    """In any number of runs, between which rows are stored, labelled, labelled again and delivered again."""
    world = World([*steps, ("wait", 5), ("settle",)])
    world.holds()


@settings(deadline=None)
@given(STEPS)
def test_a_day_is_the_sum_of_its_hours_to_the_unit(steps):
    """At any moment, settled or not: what has not settled is counted from its rows and not kept."""
    World(steps).adds_up()


@settings(deadline=None)
@given(STEPS, st.sampled_from(["profiles", "predictions"]), st.integers(1, 12), st.sampled_from([BEFORE, AFTER]))
def test_a_run_that_dies_anywhere_costs_nothing(steps, name, call, when):
    """The next one goes on, and a report in between is right: no row is counted twice, none is left out."""
    world = World([*steps, ("wait", 5)])
    dying = replace(world.parts, **{name: Dying(getattr(world.parts, name), call, when)})
    try:
        settle(dying, world.baseline)
    except StoreUnavailable:
        world.adds_up()
        world.settle()
    world.holds()


@settings(deadline=None)
@given(STEPS, CHANGES, st.lists(st.integers(0, 5), max_size=60))
def test_runs_at_once_count_every_row_once(steps, changes, order):
    """Two of them, and someone who records meanwhile, their steps mixed in any order."""
    world = World([*steps, ("wait", 5)])

    def recording(step):
        for change in changes:
            step()
            world.run([change])

    def settling_at_once(step):
        settle(stepwise(world.parts, step), world.baseline)

    interleave([settling_at_once, settling_at_once, recording], order)
    world.run([("wait", 5), ("settle",)])
    world.holds()


def test_a_run_that_lost_a_race_goes_on_from_what_the_other_left():
    """The other knew less: it began earlier, when one of the two rows was not stored yet."""
    world = World([("store", 1, 0), ("wait", 5)])
    then = world.mongo.clock()
    earlier = replace(world.parts, clock=lambda: then)
    world.run([("store", 2, 0), ("wait", 5)])
    profiles = Interrupted(world.parts.profiles, lambda: settle(earlier, world.baseline))
    settle(replace(world.parts, profiles=profiles), world.baseline)
    assert world.stores.profiles.of(HourMark(VERSION, MIDNIGHT)).rows == 2
    world.holds()


class Interrupted:
    """Profiles, and what happens just before the first of them is replaced."""

    def __init__(self, profiles, interruption):
        self._profiles, self._interruption = profiles, interruption

    def __getattr__(self, name):
        return getattr(self._profiles, name)

    def replace(self, *arguments):
        """Let it happen, then replace."""
        interruption, self._interruption = self._interruption, lambda: None
        interruption()
        return self._profiles.replace(*arguments)


@settings(deadline=None)
@given(STEPS, st.lists(st.tuples(st.integers(0, 7), st.floats(0, 90)), min_size=1, max_size=5))
def test_late_and_corrected_actuals_cost_the_rows_that_they_change(steps, labels):
    """Old hours are amended exactly, and only those rows are read."""
    world = World([*steps, ("wait", 5), ("settle",), ("wait", 60 * 24)])
    there = {name for name, row in world.stores.documents("predictions").items() if row["model_version"] == VERSION}
    told = {f"p{number}" for number, _ in labels} & there
    read = Reading(world.parts.predictions)
    world.run([("label", *label) for label in labels] + [("wait", 5)])
    settle(replace(world.parts, predictions=read), world.baseline)
    assert set(read.ids) == told
    assert len(read.ids) <= len(labels)
    world.holds()
    again = Reading(world.parts.predictions)
    world.wait(5)
    settle(replace(world.parts, predictions=again), world.baseline)
    assert again.ids == []


class Reading:
    """Predictions, and which of them were read as changed."""

    def __init__(self, predictions):
        self._predictions, self.ids = predictions, []

    def __getattr__(self, name):
        return getattr(self._predictions, name)

    def changed(self, *arguments):
        """Note every row that is given."""
        for document in self._predictions.changed(*arguments):
            self.ids.append(document["_id"])
            yield document


def test_what_is_young_is_not_kept():
    """It may still change unseen: a stamp is older than what it stamps."""
    world = World([("store", 1, 0), ("wait", 1), ("settle",)])
    assert world.stores.profiles.of(HourMark(VERSION, MIDNIGHT)) is None
    world.run([("wait", 3), ("settle",)])
    assert world.stores.profiles.of(HourMark(VERSION, MIDNIGHT)).rows == 1


def test_nothing_stored_leaves_no_hour():
    """A version answers nothing before it is made."""
    world = World([("settle",)])
    assert world.stores.documents("profiles") == {}
    assert world.stores.profiles.position(VERSION) == world.mongo.now - OVERLAP
    assert Gatherer(world.parts, world.baseline, world.mongo.clock()).hours(DAY) == {}
