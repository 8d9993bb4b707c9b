"""Which alert found which fault: against the same rides without it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rides.alert_rules import RULES as ALERT_RULES
from ridewatch.backtest.course import Course
from ridewatch.backtest.plain import Flag
from ridewatch.backtest.result import Raised
from ridewatch.backtest.truth import RULES, by_monitor, found_by, found_plainly, new_alerts, new_flags
from ridewatch.faults.fault import fault_of

BEGINS = datetime(2019, 3, 15, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def raised(rule, days, subject="", cause="covariate", **more):
    """Give an alert that opens so many days after the fault begins."""
    told = {"severity": "ticket", "rides": 5_000 + int(days * 300), "labelled_rides": 4_000, "sentence": "…"}
    return Raised(rule=rule, subject=subject, cause=cause, at=BEGINS + days * DAY, **told | more)


def course(*alerts):
    """Give the pass in which these were raised."""
    return Course(raised={str(place): alert for place, alert in enumerate(alerts)})


def rides_between(start, end):
    """Count ten rides an hour."""
    return round((end - start).total_seconds() / 360)


def test_every_rule_is_of_one_monitor():
    """But the test alert, which is of none."""
    told = sorted(name for names in RULES.values() for name in names)
    assert len(told) == len(set(told))
    assert {rule.name for rule in ALERT_RULES} - {"test"} <= set(told)


def test_what_was_open_without_the_fault_is_not_its_doing():
    """Nor what opened before it; what opens anew, or of another column, is."""
    usual = raised("column_moved", -3, "hour", resolved_at=BEGINS + 5 * DAY)
    late = raised("column_moved", 7, "hour")
    own = raised("column_moved", 2, "distance")
    quiet, faulty = course(usual), course(usual, raised("column_moved", 1, "hour"), own, late)
    assert new_alerts(faulty, quiet, BEGINS) == (own, late)


def test_the_first_alert_that_names_what_is_wrong_counts():
    """After how many rides and hours; one that points elsewhere counts only where none does."""
    fault = fault_of("kilometres")
    wrong, right = raised("column_moved", 1, "hour"), raised("column_moved", 2, "distance")
    found = found_by("drift", fault, [wrong, right], 5_000, BEGINS)
    assert (found.named, found.rides, found.hours, found.subject) == (True, 600, 48.0, "distance")
    assert found_by("drift", fault, [wrong], 5_000, BEGINS).named is False
    assert found_by("drift", fault, [], 5_000, BEGINS).found is False


def test_a_word_of_a_sentence_names_nothing():
    """That hours are missing is not that the column `hour` has moved; a segment's value is no column either."""
    fault = fault_of("utc_times")
    lost = raised("rides_stopped", 1, cause="lost_data").model_copy(update={"sentence": "Of 4 hours of a day …"})
    slice_of_hours = raised("segment_weak", 1, "hour=midday 10–15", cause="errors")
    assert not found_by("volume", fault, [lost], 5_000, BEGINS).named
    assert not found_by("segment", fault, [slice_of_hours], 5_000, BEGINS).named
    assert found_by("drift", fault, [raised("column_moved", 7, "hour")], 5_000, BEGINS).named


@pytest.mark.parametrize(
    ("fault", "rule", "subject"),
    [
        ("vendor_meter", "segment_moved", "vendor=2: distance"),
        ("short_borough", "group_disadvantaged", "pickup borough: Queens, lean"),
        ("duplicates", "check_broken", "duplicates"),
        ("dropped_hours", "rides_stopped", ""),
        ("older_model", "older_model", ""),
    ],
)
def test_subjects_and_rules_name_what_is_wrong(fault, rule, subject):
    """Column, check, segment, or the rule itself."""
    known = fault_of(fault)
    assert found_by(known.monitor, known, [raised(rule, 1, subject)], 5_000, BEGINS).named


@pytest.mark.parametrize(
    ("cause", "named"),
    [
        ("concept, answers too short", True),
        ("covariate, answers too short", False),
        ("concept, answers too long", False),
    ],
)
def test_errors_are_named_by_side_and_cause(cause, named):
    """Covariate or concept, too long or too short."""
    alert = raised("errors_changed", 1, cause=cause, severity="page")
    monitors = {found.by: found for found in by_monitor(fault_of("slow_traffic"), [alert], 5_000, BEGINS)}
    assert monitors["errors"].named is named
    assert not monitors["drift"].found


def test_a_plain_setup_is_judged_the_same_way():
    """What was flagged that day without the fault too does not count, what goes on does; the right column names it."""
    fault = fault_of("kilometres")
    usual = Flag("fixed_psi", "hour", date(2019, 3, 16), is_alarm=True)
    own = [Flag("fixed_psi", name, date(2019, 3, 16), is_alarm=False) for name in ("distance", "prediction")]
    brought = new_flags([usual, *own], [usual], BEGINS)
    assert brought == own
    found = found_plainly("fixed_psi", fault, brought, BEGINS, rides_between)
    assert (found.named, found.rides, found.hours, found.subject) == (True, 480, 48.0, "distance")
    assert not found_plainly("column_tests", fault, brought, BEGINS, rides_between).found
