from datetime import UTC, datetime
from functools import cache

import pytest

from adapters.models import ModelStore
from contracts.findings import Estimate, Performance
from contracts.hourly import HourlyProfile
from contracts.joining import HourMark
from contracts.report import LedgerEntry, Volume
from contracts.window import Window
from drift_report.baseline import baseline_of
from drift_report.gathered import Gatherer, rows_of, within
from drift_report.judged import judge
from drift_report.ledger import MOST, ledger_of
from drift_report.rhythm import rhythm_of
from drift_report.settling import settle
from tests.fakes.aws import FakeObjects
from tests.fakes.mongodb import FakeMongo
from tests.reporting import DAY, HOUR, MIDNIGHT, VERSION, WEEK, log, parts, publish
from tests.sample_reports import march
from tests.stores import fake_stores

ONE_DAY = Window(kind="day", start=MIDNIGHT + 27 * DAY, end=MIDNIGHT + 28 * DAY)
LAST_HOUR = Window(kind="hour", start=ONE_DAY.end - HOUR, end=ONE_DAY.end)


@cache
def published():
    """Give a bucket with one model version, and what its windows are held against."""
    objects = FakeObjects()
    publish(objects)
    return objects, baseline_of(ModelStore(objects), VERSION)


def gathering(**logged):
    """Give what gathers the rows of a database in which some were logged, hour for hour, none of them settled."""
    stores = fake_stores(FakeMongo())
    if logged:
        log(stores, **logged)
    objects, baseline = published()
    return Gatherer(parts(stores, objects), baseline, stores.clock())


class TestWidening:
    """A window with too few rows takes in the time before it."""

    FOUR_WEEKS = 28 * 24

    @pytest.mark.parametrize(
        ("window", "least", "days"),
        [(ONE_DAY, 24, 1), (ONE_DAY, 25, 2), (ONE_DAY, 48, 2), (ONE_DAY, 49, 4), (ONE_DAY, 24 * 8 + 1, 16)],
    )
    def test_it_doubles_until_it_holds_enough(self, window, least, days):
        """Of four weeks with a row an hour."""
        wider, hours = gathering(count=self.FOUR_WEEKS, span=4 * WEEK).widened(window, least)
        assert (wider.end, wider.end - wider.start) == (window.end, days * DAY)
        assert wider.kind == ("day" if days == 1 else "custom")
        assert rows_of(hours) == days * 24

    def test_an_hour_takes_in_a_week_at_most_and_a_day_four(self):
        """Then there is not enough, and it is so said."""
        gatherer = gathering(count=self.FOUR_WEEKS, span=4 * WEEK)
        hour, hours = gatherer.widened(LAST_HOUR, 10_000)
        assert (hour.end - hour.start, rows_of(hours)) == (WEEK + HOUR, 7 * 24 + 1)
        day, hours = gatherer.widened(ONE_DAY, 10_000)
        assert (day.end - day.start, rows_of(hours)) == (4 * WEEK + DAY, self.FOUR_WEEKS)

    def test_a_span_that_was_asked_for_stays_what_it_is(self):
        """However little it holds."""
        asked = Window(kind="custom", start=ONE_DAY.start, end=ONE_DAY.end)
        wider, hours = gathering(count=self.FOUR_WEEKS, span=4 * WEEK).widened(asked, 10_000)
        assert (wider, rows_of(hours)) == (asked, 24)

    def test_volume_and_soundness_stay_those_of_the_window_itself(self):
        """Drift and errors are of the wider one, and the report says of which."""
        findings = judge(gathering(count=self.FOUR_WEEKS, span=4 * WEEK), LAST_HOUR).findings
        assert (findings.volume.predictions, findings.volume.labelled) == (1, 1)
        assert (findings.quality.duplicates.rows, findings.quality.rhythm.rows) == (1, 1)
        assert findings.judged_window.end - findings.judged_window.start == 64 * HOUR
        assert findings.performance.labelled == findings.columns[0].rows == 64

    def test_the_hours_of_a_window_are_those_that_begin_in_it(self):
        """Its start, and not its end."""
        hours = gathering(count=48, span=2 * DAY).hours(Window(kind="custom", start=MIDNIGHT, end=MIDNIGHT + 2 * DAY))
        inside = within(hours, Window(kind="hour", start=MIDNIGHT + HOUR, end=MIDNIGHT + 2 * HOUR))
        assert list(inside) == [MIDNIGHT + HOUR]


class TestWholeWeeks:
    """What repeats every day or week is judged on whole weeks alone."""

    def judged(self, window, **logged):
        """Give the column of the hour."""
        columns = judge(gathering(**logged), window).findings.columns
        return {column.name: column for column in columns}["hour"]

    def test_a_day_is_judged_with_the_six_before_it(self):
        """If there are rows on each of them."""
        found = self.judged(ONE_DAY, count=4 * 7 * 48, span=4 * WEEK)
        assert (found.status, found.rows, found.drifted) == ("ok", 7 * 48, False)

    def test_a_week_with_a_day_missing_is_none(self):
        """Rows came from its second day on."""
        monday = Window(kind="day", start=MIDNIGHT + 5 * DAY, end=MIDNIGHT + 6 * DAY)
        assert self.judged(monday, count=6 * 48, span=6 * DAY).status == "not_judged"

    def test_a_longer_window_is_judged_on_those_with_which_it_begins(self):
        """Of nine days the first seven."""
        nine = Window(kind="custom", start=MIDNIGHT, end=MIDNIGHT + 9 * DAY)
        found = self.judged(nine, count=9 * 48, span=9 * DAY)
        assert (found.status, found.rows) == ("ok", 7 * 48)

    def test_an_hour_is_not_judged_on_weeks(self):
        """It is one hour of the day."""
        assert self.judged(LAST_HOUR, count=4 * 7 * 48, span=4 * WEEK).status == "not_judged"


class TestSample:
    """Some rows, read by their ids."""

    def test_they_carry_the_label_that_they_had(self):
        """As many as are asked for, each once."""
        gatherer = gathering(count=200, span=DAY)
        hours = gatherer.hours(Window(kind="day", start=MIDNIGHT, end=MIDNIGHT + DAY))
        found = gatherer.sampled(hours, 70)
        assert len({each.row["_id"] for each in found}) == 70
        assert {each.label.minutes for each in found} == {10.0, 120.0}

    def test_it_is_the_same_settled_or_not(self):
        """So a report run again draws the same picture."""
        gatherer = gathering(count=200, span=DAY)
        window = Window(kind="day", start=MIDNIGHT, end=MIDNIGHT + DAY)
        young = [each.row["_id"] for each in gatherer.sampled(gatherer.hours(window), 70)]
        settle(gatherer.parts, gatherer.baseline)
        old = [each.row["_id"] for each in gatherer.sampled(gatherer.hours(window), 70)]
        assert sorted(old) == sorted(young)


class TestRhythm:
    """A window's volume beside that of the same hours in the weeks before."""

    NOON = datetime(2019, 3, 21, 16, tzinfo=UTC)
    """New York's noon, in the second week after its clock was changed."""

    def rhythm(self, rows, by_hour, hour=NOON):
        """Tell the rhythm of an hour with so many rows, given those of other hours, settled, of any version."""
        gatherer = gathering(count=rows, span=HOUR) if rows else gathering()
        window = Window(kind="hour", start=hour, end=hour + HOUR)
        logged = gatherer.hours(Window(kind="hour", start=MIDNIGHT, end=MIDNIGHT + HOUR))
        for start, count, version in by_hour:
            kept = HourlyProfile(HourMark(version, start), start, count, count, 0, None, start, b"", b"")
            assert gatherer.parts.profiles.replace(None, kept)
        return rhythm_of(gatherer, window, dict(zip([hour], logged.values(), strict=False)))

    def test_the_same_hour_of_the_weeks_before_is_by_the_local_clock(self):
        """Before the clock was changed, noon was at 17 o'clock UTC; the hour before held nothing."""
        noons = [self.NOON - WEEK, *(self.NOON + HOUR - weeks * WEEK for weeks in range(2, 9))]
        found = self.rhythm(100, [(noon, 100, VERSION) for noon in noons])
        assert (found.status, found.weeks, found.rows, found.unusual) == ("ok", 8, 100, False)
        assert found.expected.value == pytest.approx(100)

    def test_the_rows_of_all_versions_count(self):
        """A version that takes over does not change what is usual."""
        weeks = [
            (self.NOON - WEEK, 100, "older"),
            (self.NOON - 2 * WEEK + HOUR, 100, "older"),
            (self.NOON, 40, "older"),
        ]
        found = self.rhythm(60, weeks)
        assert (found.rows, found.unusual, found.weeks) == (100, False, 2)

    @pytest.mark.parametrize(("rows", "unusual"), [(40, True), (100, False), (190, True)])
    def test_far_fewer_or_more_are_unusual(self, rows, unusual):
        """Beyond what the weeks differ by themselves."""
        noons = [self.NOON - WEEK, *(self.NOON + HOUR - weeks * WEEK for weeks in range(2, 9))]
        counts = (98, 103, 100, 96, 104, 101, 99, 99)
        found = self.rhythm(rows, [(noon, count, VERSION) for noon, count in zip(noons, counts, strict=True)])
        assert found.unusual is unusual
        assert found.expected.low < 100 < found.expected.high

    def test_an_hour_without_a_row_is_silent_where_there_usually_are_some(self):
        """It is counted, and unusual."""
        noons = [self.NOON - WEEK, *(self.NOON + HOUR - weeks * WEEK for weeks in range(2, 9))]
        found = self.rhythm(0, [(noon, 50, VERSION) for noon in noons])
        assert (found.rows, found.silent_hours, found.unusual) == (0, 1, True)

    def test_of_fewer_than_two_weeks_nothing_can_be_told(self):
        """It says how many there were."""
        found = self.rhythm(60, [(self.NOON - WEEK, 50, VERSION)])
        assert (found.status, found.weeks, found.unusual, found.expected) == ("too_few", 1, None, None)
        assert "1 earlier weeks" in found.note


class TestLedger:
    """What each revision knew."""

    VOLUME = Volume(predictions=90, rides=90, labelled=60, rejections=0, fallbacks=0)
    PERFORMANCE = Performance(status="ok", mae=Estimate(value=2.5))

    def entry(self, revision, **told):
        """Give an entry."""
        known = {"as_of": MIDNIGHT, "predictions": 90, "labelled": 60, "mae": 2.5}
        return LedgerEntry(revision=revision, **known | told)

    def test_a_revision_is_added_to_those_before_it(self):
        """With what it knew, and as of when."""
        first = ledger_of(None, 1, MIDNIGHT, self.VOLUME, Performance(status="no_actuals"))
        assert first == (self.entry(1, mae=None),)
        before = march().model_copy(update={"ledger": first})
        assert ledger_of(before, 2, MIDNIGHT + DAY, self.VOLUME, self.PERFORMANCE) == (
            *first,
            self.entry(2, as_of=MIDNIGHT + DAY),
        )

    def test_of_two_runs_at_once_the_earlier_revision_does_not_follow_the_later(self):
        """It is before it."""
        before = march().model_copy(update={"ledger": (self.entry(1), self.entry(3))})
        assert [each.revision for each in ledger_of(before, 2, MIDNIGHT, self.VOLUME, self.PERFORMANCE)] == [1, 2]

    def test_only_so_many_are_kept(self):
        """The latest."""
        before = march().model_copy(update={"ledger": tuple(self.entry(number) for number in range(1, MOST + 1))})
        found = ledger_of(before, MOST + 1, MIDNIGHT, self.VOLUME, self.PERFORMANCE)
        assert (found[0].revision, found[-1].revision, len(found)) == (2, MOST + 1, MOST)
