"""Expected runs against seen ones, as the exporter counts them."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.joining import HourMark
from metrics_exporter.runs import DUE_AFTER, LOOK_BACK, Following, Runs, runs
from tests.fakes.mongodb import FakeMongo
from tests.sample_reports import march
from tests.stores import fake_stores
from tests.views import watching

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(2019, 3, 2, 5, tzinfo=UTC)
MARK = HourMark("v1", LONG_AGO)
REPORT = "20190302T0500-20190302T0600-v1"


def counted(changed, reported=None, mark=MARK):
    """Count one hour that changed so long ago."""
    return runs({mark: NOW - changed}, reported or {}, NOW)


def test_an_hour_that_changed_some_time_ago_has_a_report_or_lacks_it():
    """As of then or later: what arrived after it is in no report."""
    long = DUE_AFTER + MINUTE
    assert counted(long) == {"v1": Runs(1, 0)}
    assert counted(long, {REPORT: NOW - long}) == {"v1": Runs(1, 1)}
    assert counted(long, {REPORT: NOW - long - MINUTE}) == {"v1": Runs(1, 0)}


def test_nothing_is_expected_of_what_is_not_due_yet():
    """Not of an hour that has just changed, nor of one that has just ended."""
    assert counted(DUE_AFTER - MINUTE) == {"v1": Runs(0, 0)}
    lasting = HourMark("v1", NOW - timedelta(hours=2))
    assert counted(DUE_AFTER + MINUTE, mark=lasting) == {"v1": Runs(0, 0)}


def test_versions_are_counted_apart():
    """Each has reports of its own."""
    changed = {HourMark(version, LONG_AGO): NOW - DUE_AFTER - MINUTE for version in ("v1", "v2")}
    assert runs(changed, {REPORT: NOW}, NOW) == {"v1": Runs(1, 1), "v2": Runs(1, 0)}


@pytest.fixture
def world():
    """Give stores, and a clock that a test sets."""
    return fake_stores(FakeMongo())


def test_what_changes_is_followed(world):
    """By later readings too, and for a week."""
    clock = iter([NOW, NOW + DUE_AFTER, NOW + DUE_AFTER + MINUTE, NOW + LOOK_BACK + DUE_AFTER])
    following = Following(world.hours, world.reports, lambda: next(clock))
    world.hours.touch([("v1", LONG_AGO)], NOW - MINUTE)
    assert following.refresh() == {"v1": Runs(0, 0)}
    assert following.refresh() == {"v1": Runs(1, 0)}
    report = march().model_copy(update={"report_id": REPORT, "as_of": NOW + DUE_AFTER})
    world.reports.save(report)
    assert following.refresh() == {"v1": Runs(1, 1)}
    assert following.refresh() == {}


def test_they_are_shown_by_model_version():
    """And are absent before the first reading."""
    watched = watching(runs={"v1": Runs(5, 4)})
    assert watched.value("ridewatch_expected_reports", model_version="v1") == 5
    assert watched.value("ridewatch_seen_reports", model_version="v1") == 4
    assert watching(runs=None).value("ridewatch_expected_reports", model_version="v1") is None
