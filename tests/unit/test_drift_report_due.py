from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.joining import HourMark
from contracts.window import Window
from drift_report.due import due
from drift_report.orders import Schedule, Span, UnknownOrder, order_of
from drift_report.settings import SettingMissing, Settings
from drift_report.windows import day_of, holding, whole_hours, whole_weeks, window_of

NEW_YORK, KOLKATA = ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")
NOON = datetime(2019, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = datetime(2019, 3, 5, tzinfo=UTC)
EARLY, LATE = NOW - timedelta(minutes=9), NOW - timedelta(minutes=5)


def test_an_hour_is_due_once_it_is_complete():
    """Not a moment before; its end is not in it."""
    changes = {HourMark("v1", NOON): EARLY}
    assert due(changes, {}, ("hour",), NEW_YORK, NOON + HOUR - timedelta(seconds=1)) == []
    (subject,) = due(changes, {}, ("hour",), NEW_YORK, NOON + HOUR)
    assert (subject.model_version, subject.window.start, subject.window.end) == ("v1", NOON, NOON + HOUR)


def test_what_was_reported_is_due_again_only_after_a_change():
    """A late actual restates an old window."""
    reported = {"20190301T1200-20190301T1300-v1": LATE}
    assert due({HourMark("v1", NOON): EARLY}, reported, ("hour",), NEW_YORK, NOW) == []
    assert due({HourMark("v1", NOON): LATE}, reported, ("hour",), NEW_YORK, NOW) == []
    assert len(due({HourMark("v1", NOON): LATE + timedelta(milliseconds=1)}, reported, ("hour",), NEW_YORK, NOW)) == 1


def test_windows_are_due_oldest_first_each_version_by_itself():
    """The hours of a day are one day."""
    hours = (NOON + HOUR * 30, NOON + HOUR, NOON)
    changes = {HourMark(version, hour): EARLY for version in ("v2", "v1") for hour in hours}
    found = due(changes, {}, ("day",), NEW_YORK, NOW)
    first, second = day_of(NOON, NEW_YORK), day_of(NOON + HOUR * 30, NEW_YORK)
    assert found == [("v1", first), ("v2", first), ("v1", second), ("v2", second)]


def test_a_day_is_due_for_the_latest_change_of_its_hours():
    """One of them is enough."""
    day = day_of(NOON, NEW_YORK)
    (first,) = due({HourMark("v1", NOON): EARLY}, {}, ("day",), NEW_YORK, NOW)
    changes = {HourMark("v1", NOON): EARLY, HourMark("v1", NOON + HOUR): LATE}
    assert due(changes, {first.report_id: EARLY + timedelta(seconds=1)}, ("day",), NEW_YORK, NOW) == [("v1", day)]


def test_days_follow_the_local_clock():
    """23 hours where the clock goes forward, 25 where it goes back."""
    lengths = {day: day_of(datetime(*day, 16, tzinfo=UTC), NEW_YORK) for day in ((2019, 3, 10), (2019, 11, 3))}
    assert [window.end - window.start for window in lengths.values()] == [HOUR * 23, HOUR * 25]


def test_an_hour_that_touches_two_local_days_belongs_to_both():
    """Where the offset is not of whole hours."""
    midnight = datetime(2019, 3, 1, 18, tzinfo=UTC)
    assert len(list(holding("day", midnight, KOLKATA))) == 2
    assert len(list(holding("day", midnight, NEW_YORK))) == 1


@given(st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis'
def test_every_moment_is_in_its_day(moment):
    """And the days are named by their local date."""
    day = day_of(moment, NEW_YORK)
    assert day.start <= moment < day.end
    assert moment.astimezone(NEW_YORK).date() == day.start.astimezone(NEW_YORK).date()


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        ("2019-03-01", "2019-03-02", "day"),
        ("2019-03-01T05:00Z", "2019-03-02T05:00Z", "day"),
        ("2019-03-01T05:00", "2019-03-01T06:00", "hour"),
        ("2019-03-01T05:00", "2019-03-01T07:00", "custom"),
        ("2019-03-01", "2019-04-01", "custom"),
    ],
)
def test_a_span_is_the_window_that_it_covers(start, end, kind):
    """So that it is the same report as the schedule's; naive times are local."""
    order = order_of({"start": start, "end": end})
    window = window_of(order.start, order.end, NEW_YORK)
    assert window.kind == kind
    assert window.start.tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2019-03-01", "2019-04-01", 28),
        ("2019-03-04", "2019-03-11", 7),
        ("2019-03-04", "2019-03-10", None),
        ("2019-10-28", "2019-11-04", 7),
    ],
)
def test_whole_weeks_are_those_of_the_local_clock(start, end, days):
    """Also where it is changed in between."""
    order = order_of({"start": start, "end": end})
    window = window_of(order.start, order.end, NEW_YORK)
    weeks = whole_weeks(window, NEW_YORK)
    if days is None:
        assert weeks is None
        return
    length = weeks.end.astimezone(NEW_YORK).date() - weeks.start.astimezone(NEW_YORK).date()
    assert (weeks.start, length.days) == (window.start, days)


def test_whole_hours_are_those_that_begin_in_a_window():
    """Of two days that meet within an hour it belongs to the first."""
    first = day_of(datetime(2019, 3, 1, 12, tzinfo=UTC), KOLKATA)
    second = day_of(first.end, KOLKATA)
    assert (first.end, whole_hours(first).end) == (first.end, whole_hours(second).start)
    assert whole_hours(first).end - first.end == HOUR / 2
    even = day_of(NOON, NEW_YORK)
    assert whole_hours(even) == even


def test_orders_are_a_rules_input_a_scheduled_event_or_a_span():
    """Each in its own shape."""
    scheduled = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}
    assert order_of({"windows": "hour"}) == Schedule(kinds=("hour",))
    assert order_of(scheduled) == Schedule(kinds=("hour", "day"))
    assert order_of(scheduled | {"detail": {"windows": "day"}}) == Schedule(kinds=("day",))
    assert order_of({"start": NOON, "end": NOW, "model_version": "v1"}) == Span(start=NOON, end=NOW, model_version="v1")


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"Records": []},
        {"start": "2019-03-01"},
        {"windows": "year"},
        {"start": "2019-03-01T05:30", "end": "2019-03-01T07:00"},
        {"start": "2019-03-01", "end": "2019-03-01T00:00:01"},
    ],
)
def test_what_is_no_order_is_refused(event):
    """With a word on what would be one; a span is of whole hours, for a report adds up hours."""
    with pytest.raises((UnknownOrder, ValidationError)):
        order_of(event)


def test_a_span_ends_after_it_starts():
    """An empty window is no window."""
    with pytest.raises(ValidationError):
        Window(kind="custom", start=NOON, end=NOON)


def test_a_missing_setting_is_named():
    """There are no defaults for what matters."""
    with pytest.raises(SettingMissing, match="BUCKET"):
        Settings.of({})
