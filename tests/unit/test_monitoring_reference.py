import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from monitoring.profiles import strata
from monitoring.profiles.archive import Unreadable, written
from monitoring.profiles.counting import code, count
from monitoring.profiles.fitting import Rows, reference_of
from monitoring.profiles.layout import LABELLED
from monitoring.profiles.moments import mean, present
from monitoring.profiles.observed import HourOf, observed, observed_rows
from monitoring.profiles.profile import add
from monitoring.profiles.reference import packed, unpacked
from monitoring.profiles.spec import make_spec
from monitoring.profiles.strata import effective_rows, weights_at
from tests.watched import CHECKS, DECLARED, FAMILIES, HOURS_A_DAY, HOURS_A_WEEK, checks, compared, fitted, rows, weeks

MONDAY_3, FRIDAY_3, SATURDAY_3, SUNDAY_3 = 3, 4 * 24 + 3, 5 * 24 + 3, 6 * 24 + 3
COUNTS = arrays.arrays(np.int64, (HOURS_A_WEEK, 2), elements=st.integers(0, 60))


def by_hour(places, others=0):
    """Give rows by hour of the week, of one slice."""
    found = np.full((HOURS_A_WEEK, 1), others)
    for hour, held in places.items():
        found[hour] = held
    return found


@given(COUNTS.filter(lambda known: known.sum(axis=0).all()), COUNTS)
def test_a_reweighted_reference_holds_as_many_rows_as_the_window(known, now):
    """Whatever hour is thin, in every slice."""
    assert (weights_at(known, now) * known).sum(axis=0) == pytest.approx(now.sum(axis=0))


def test_full_hours_count_by_themselves():
    """As many times as the window has more rows of them."""
    weights = weights_at(by_hour({}, others=50), by_hour({MONDAY_3: 25, SUNDAY_3: 100}))
    assert weights[[MONDAY_3, SUNDAY_3]].ravel().tolist() == [0.5, 2.0]
    assert weights.sum() == 2.5


def test_a_thin_hour_borrows_of_like_days():
    """Monday's from those of Tuesday to Friday, itself included; Saturday's of Sunday's alone."""
    known = by_hour({MONDAY_3: 5}, others=30)
    weights = weights_at(known, by_hour({MONDAY_3: 25}))
    assert weights[3 : FRIDAY_3 + 1 : HOURS_A_DAY].ravel().tolist() == pytest.approx([25 / 125] * 5)
    assert weights[[SATURDAY_3, SUNDAY_3]].sum() == 0
    weekend = weights_at(by_hour({SATURDAY_3: 2}, others=30), by_hour({SATURDAY_3: 8, SUNDAY_3: 3}))
    assert weekend[SATURDAY_3, 0] == pytest.approx(8 / 32)
    assert weekend[SUNDAY_3, 0] == pytest.approx(8 / 32 + 3 / 30)


def test_where_like_days_are_thin_too_all_days_lend_and_at_last_all_hours():
    """The smallest pool that holds enough."""
    weekends = {SATURDAY_3: 4, SUNDAY_3: 4}
    weights = weights_at(by_hour(weekends, others=30), by_hour({SATURDAY_3: 79}))
    assert weights[3::HOURS_A_DAY].ravel().tolist() == pytest.approx([79 / 158] * 7)
    nights = dict.fromkeys(range(3, HOURS_A_WEEK, HOURS_A_DAY), 1)
    everywhere = weights_at(by_hour(nights, others=30), by_hour({MONDAY_3: 7}))
    assert everywhere.ravel().tolist() == pytest.approx([7 / (7 + 161 * 30)] * HOURS_A_WEEK)


def test_of_nothing_there_is_nothing():
    """Neither of a slice that the reference does not know."""
    assert weights_at(by_hour({}), by_hour({MONDAY_3: 9})).sum() == 9 * HOURS_A_WEEK
    assert effective_rows(by_hour({}), by_hour({}, others=3.0)) == pytest.approx([0])


def test_what_reweighting_costs_is_kishs():
    """Equal weights cost nothing; a row that counts for ten is one row still."""
    known = by_hour({0: 100, 1: 100})
    assert effective_rows(known, by_hour({}, others=3.0)) == pytest.approx([200])
    assert effective_rows(known, by_hour({0: 1.0, 1: 10.0})) == pytest.approx([1_100**2 / (100 + 10_000)])


class TestAtAWindowsHours:
    """The reference, held at the hours of a window."""

    REFERENCE = fitted(6_000)
    HOURS = weeks(6_000, seed=1)
    COLUMNS = rows(6_000, 1, HOURS)

    @pytest.mark.parametrize("wanted", [range(24, 72), range(5, HOURS_A_WEEK, 9)])
    def test_it_is_what_direct_counting_of_its_rows_at_those_hours_gives(self, monkeypatch, wanted):
        """In every slice: counts, sums, squares, checks; also where some hours come twice."""
        monkeypatch.setattr(strata, "LEAST", 1)
        coded = code(self.REFERENCE.spec, self.COLUMNS, checks(6_000, 1))
        inside = np.flatnonzero(np.isin(self.HOURS % HOURS_A_WEEK, list(wanted)))
        drawn = np.concatenate([inside, inside[self.HOURS[inside] % 2 == 0]])
        direct = observed_rows(coded.take(drawn), self.HOURS[drawn])
        found = self.REFERENCE.at(direct.rows, direct.rows)
        for name in ("rows", "counts", "sums", "squares", "checks"):
            theirs = direct.profile.arrays()[name]
            assert found.profile.arrays()[name] == pytest.approx(theirs, rel=1e-9, abs=1e-6 * max(1, theirs.max()))
        assert found.shares == pytest.approx(direct.profile.rows / len(drawn))

    def test_a_window_of_all_its_rows_is_itself(self):
        """No row counts more than another, so nothing is lost."""
        found = compared(self.REFERENCE, self.COLUMNS, self.HOURS)
        assert found.known_rows == pytest.approx(6_000)
        assert found.expected.profile.counts[0] == pytest.approx(found.observed.profile.counts[0])

    def test_what_a_label_tells_is_put_at_the_hours_of_the_labels(self):
        """By night truth is 5, by day 15: with labels of the night alone the reference is told its nights alone."""
        hours = weeks(9_000)
        night = hours % HOURS_A_DAY < 12
        truth = np.where(night, 5.0, 15.0)
        columns = rows(9_000, hours=hours, truth=truth, answer=truth + 0.5, expected=truth / 10)
        spec = make_spec(DECLARED, columns, FAMILIES, CHECKS)
        reference = reference_of(spec, Rows(columns, {}, hours))
        told = {**columns, "truth": np.where(night, truth, np.nan)}
        told |= {column.name: np.where(night, columns[column.name], np.nan) for column in DECLARED[5:11]}
        found = compared(reference, told, hours)
        means = {name: mean(found.expected.profile.column(name)) for name in ("truth", "off", "answer", "expected")}
        assert means == pytest.approx({"truth": 5.0, "off": 0.5, "answer": 10.5, "expected": 1.0}, rel=0.02)
        assert present(found.expected.profile.column("truth")) == pytest.approx(night.sum())

    def test_errors_are_those_of_the_rows_it_was_judged_on(self):
        """Inputs and actuals stay those of training."""
        hours = weeks(4_000, seed=9)
        judged = rows(4_000, 9, hours, truth=np.full(4_000, 20.0), answer=np.full(4_000, 23.0), kind=["c"] * 4_000)
        known = reference_of(self.REFERENCE.spec, Rows(self.COLUMNS, {}, self.HOURS), Rows(judged, {}, hours))
        found = compared(known, self.COLUMNS, self.HOURS)
        assert mean(found.expected.profile.column("off")) == pytest.approx(3.0)
        assert mean(found.expected.profile.column("truth")) == pytest.approx(self.COLUMNS["truth"].mean(), abs=1e-5)
        assert found.expected.profile.column("kind").counts[0] == pytest.approx((self.COLUMNS["kind"] == "a").sum())
        assert found.known_judged < 4_000 < found.known_rows
        assert known.mean("absolute_error") == pytest.approx(3.0)
        assert known.mean("covered") == 0.0

    def test_whole_weeks_count_each_hour_as_often_as_it_came(self):
        """Nine Mondays and eight of the other days are a week with one of each."""
        hours = np.concatenate([self.HOURS, HOURS_A_WEEK * 8 + np.arange(480) % HOURS_A_DAY])
        columns = rows(6_480, 1, hours)
        known = reference_of(make_spec(DECLARED, columns), Rows(columns, {}, hours)).of_whole_weeks
        mondays = hours % HOURS_A_WEEK < HOURS_A_DAY
        usual = np.bincount(hours % HOURS_A_DAY, np.where(mondays, 1 / 9, 1 / 8), minlength=HOURS_A_DAY)
        assert known.profile.column("hour").counts[:HOURS_A_DAY] == pytest.approx(usual)

    def test_it_survives_its_archive_to_the_byte(self):
        """Judged on its own rows, or on others."""
        hours = weeks(500, seed=9)
        judged = Rows(rows(500, 9, hours), checks(500), hours)
        for known in (
            self.REFERENCE,
            reference_of(self.REFERENCE.spec, Rows(self.COLUMNS, {}, self.HOURS), judged),
        ):
            body = packed(known)
            again = unpacked(body)
            assert packed(again) == body
            assert again.spec == known.spec
            assert (again.outcomes is again.inputs) == (known.outcomes is known.inputs)

    @pytest.mark.parametrize("body", [b"", b"PK", written({}), written({"spec": np.zeros(3, dtype=np.uint8)})])
    def test_what_is_no_reference_is_refused(self, body):
        """Whatever it is instead."""
        with pytest.raises(Unreadable):
            unpacked(body)


def test_a_window_is_the_sum_of_its_hours():
    """The same as counting its rows at once: counts, hours, judged ones, days."""
    reference, hours = fitted(2_000), weeks(3_000, number=2, seed=4)
    columns, verdicts = rows(3_000, 4, hours), checks(3_000, 4)
    coded = code(reference.spec, columns, verdicts)
    parts = [
        HourOf(hour % HOURS_A_WEEK, hour // HOURS_A_DAY, count(coded.take(np.flatnonzero(hours == hour))))
        for hour in np.unique(hours).tolist()
    ]
    added, whole = observed(reference.spec, parts), observed_rows(coded, hours)
    assert add(added.profile, observed(reference.spec, []).profile) == whole.profile
    assert np.array_equal(added.rows, whole.rows)
    assert np.array_equal(added.judged, whole.judged)
    assert sorted(added.day_rows.tolist()) == sorted(whole.day_rows.tolist())
    assert whole.rows[:, whole.profile.layout.slice_of(*LABELLED)].sum() == 3_000
