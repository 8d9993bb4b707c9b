"""An alert opens once, goes on, and is over once, whatever is run twice."""

import json
from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from contracts.alerts import Silence
from monitoring.alerts.finding import evaluate
from monitoring.alerts.transitions import daily_test, ended, transitions
from rides.alert_rules import RULES, TEST
from tests.alarming import NOW, moved, told, wrong

(ERRORS,) = [rule for rule in RULES if rule.name == "errors_grew"]
BAD, GOOD = 4.8, 2.8


def run(reports, open_alerts=(), silences=(), now=NOW):
    """Give what changes by the errors of these reports."""
    return transitions(open_alerts, evaluate([ERRORS], reports), silences, now)


def days(*errors):
    """Give a report for each day."""
    return [wrong(place, mae) for place, mae in enumerate(errors)]


def live(errors, rule=ERRORS):
    """Report day after day, and give what was told on each."""
    there, said = {}, []
    for count in range(1, len(errors) + 1):
        found = transitions(there.values(), evaluate([rule], days(*errors[:count])), (), NOW)
        for transition in found:
            there.pop(transition.alert.alert_id, None)
            if transition.action != "resolved":
                there[transition.alert.alert_id] = transition.alert
        said.append([transition.action for transition in found])
    return said


class TestVerdicts:
    """Enough of the last windows that could be judged."""

    @pytest.mark.parametrize(
        ("errors", "fires"),
        [
            ((BAD,), False),
            ((BAD, BAD), True),
            ((BAD, GOOD, BAD), True),
            ((BAD, BAD, GOOD), True),
            ((BAD, GOOD, GOOD, BAD), False),
            ((BAD, BAD, GOOD, GOOD), False),
            ((GOOD, GOOD, GOOD, BAD, BAD), True),
        ],
    )
    def test_fire_by_two_of_the_last_three(self, errors, fires):
        (verdict,) = evaluate([ERRORS], days(*errors))
        assert verdict.firing is fires

    def test_pass_over_windows_that_could_not_be_judged(self):
        """Labels that are late, or few, hide nothing."""
        reports = [wrong(0, BAD), wrong(1, BAD), told(2), wrong(3, GOOD, labelled=20), told(4)]
        (verdict,) = evaluate([ERRORS], reports)
        assert (verdict.firing, verdict.fired, len(verdict.seen)) == (True, 2, 2)

    def test_are_none_where_nothing_could_be_judged(self):
        assert evaluate([ERRORS], [told(0), told(1)]) == ()

    def test_of_another_kind_of_window_say_nothing(self):
        assert evaluate([ERRORS], [wrong(0, BAD, kind="hour"), wrong(1, BAD, kind="hour")]) == ()

    def test_tell_each_column_by_itself(self):
        rules = [rule for rule in RULES if rule.name == "column_moved"]
        reports = [moved(0, name="distance"), moved(1, name="passengers"), moved(2, name="passengers")]
        found = {verdict.key.subject.name: verdict.firing for verdict in evaluate(rules, reports)}
        assert found == {"distance": False, "passengers": True}

    def test_show_the_last_window_beyond_the_limit(self):
        (verdict,) = evaluate([ERRORS], days(BAD, BAD, GOOD))
        assert verdict.evidence.window == wrong(1).window
        assert (verdict.evidence.value, verdict.evidence.limit) == (BAD, pytest.approx(1.2 * 2.8))
        assert (verdict.evidence.rides, verdict.evidence.labelled_rides) == (300, 290)


class TestTransitions:
    """What is told."""

    def test_an_alert_opens_once_goes_on_and_is_over_once(self):
        assert live([GOOD, BAD, BAD, BAD, GOOD, GOOD, GOOD, GOOD]) == [
            *([], [], ["opened"], ["updated"]),
            *([], [], ["resolved"], []),
        ]

    def test_it_opens_anew_when_it_comes_back(self):
        assert live([BAD, BAD, GOOD, GOOD, GOOD, BAD, BAD]) == [
            *([], ["opened"], [], []),
            *(["resolved"], [], ["opened"]),
        ]

    def test_it_does_not_flicker(self):
        """One good day in between is not its end; nor does the bad day after it open another."""
        assert live([BAD, BAD, GOOD, GOOD, BAD, GOOD]) == [[], ["opened"], [], [], ["updated"], []]

    def test_the_same_reports_give_the_same_ids(self):
        """Whenever, and by whomever, they are judged."""
        (first,), (again,) = run(days(BAD, BAD)), run(days(BAD, BAD), now=NOW + timedelta(hours=1))
        assert first.transition_id == again.transition_id
        assert first.alert.alert_id == again.alert.alert_id

    def test_another_model_subject_or_window_has_another_id(self):
        rules = [rule for rule in RULES if rule.name in {"column_moved", "errors_grew"}]
        runs = [days(BAD, BAD), days(GOOD, BAD, BAD), [wrong(0, BAD, version="v2"), wrong(1, BAD, version="v2")]]
        runs += [[moved(0, name=name), moved(1, name=name)] for name in ("distance", "passengers")]
        found = [transitions((), evaluate(rules, reports), (), NOW) for reports in runs]
        assert len({transition.alert.alert_id for some in found for transition in some}) == 5

    def test_a_report_run_twice_changes_nothing(self):
        (opened,) = run(days(BAD, BAD))
        assert run(days(BAD, BAD), [opened.alert]) == ()

    def test_a_later_window_keeps_the_alerts_id_and_beginning(self):
        (opened,) = run(days(BAD, BAD))
        (updated,) = run(days(BAD, BAD, BAD), [opened.alert], now=NOW + timedelta(days=1))
        assert (updated.action, updated.alert.alert_id, updated.alert.at) == ("updated", opened.alert.alert_id, NOW)
        assert updated.alert.evidence.window == wrong(2).window
        assert updated.transition_id not in {opened.transition_id, opened.alert.alert_id}

    def test_what_resolved_it_is_told(self):
        (opened,) = run(days(BAD, BAD))
        (over,) = run(days(BAD, BAD, GOOD, GOOD, GOOD), [opened.alert], now=NOW + timedelta(days=2))
        assert (over.alert.state, over.alert.resolved_because) == ("resolved", "clear")
        assert (over.alert.cleared.value, over.alert.cleared.window) == (GOOD, wrong(4).window)
        assert over.alert.evidence == opened.alert.evidence

    def test_it_stays_open_while_nothing_can_be_judged(self):
        (opened,) = run(days(BAD, BAD))
        assert run([told(2), told(3)], [opened.alert]) == ()

    def test_another_models_alert_is_not_touched(self):
        (opened,) = run([wrong(0, BAD, version="v1"), wrong(1, BAD, version="v1")])
        assert run([wrong(0, GOOD, version="v2")], [opened.alert]) == ()

    def test_it_can_be_ended_for_another_reason(self):
        (opened,) = run(days(BAD, BAD))
        over = ended(opened.alert, "replaced", NOW)
        assert (over.action, over.alert.state, over.alert.resolved_because) == ("resolved", "resolved", "replaced")

    @given(st.lists(st.booleans(), max_size=12))
    def test_never_opens_twice_nor_ends_what_is_not_open(self, course):
        """Whatever the course: opened and resolved take turns, and what goes on is open."""
        said = [action for actions in live([BAD if bad else GOOD for bad in course]) for action in actions]
        open_now = False
        for action in said:
            assert open_now is (action != "opened")
            open_now = action != "resolved"


class TestSilences:
    """A person has said that they know."""

    SILENCE = Silence(
        silence_id="s1", rule="errors_grew", until=NOW + timedelta(hours=1), why="a parade", who="ada", at=NOW
    )

    def test_what_is_silenced_does_not_open(self):
        assert run(days(BAD, BAD), silences=[self.SILENCE]) == ()

    def test_nor_does_it_go_on(self):
        (opened,) = run(days(BAD, BAD))
        assert run(days(BAD, BAD, BAD), [opened.alert], [self.SILENCE]) == ()

    def test_but_it_is_told_that_it_is_over(self):
        (opened,) = run(days(BAD, BAD))
        (over,) = run(days(BAD, BAD, GOOD, GOOD, GOOD), [opened.alert], [self.SILENCE])
        assert over.action == "resolved"

    def test_after_it_what_still_holds_is_told(self):
        (opened,) = run(days(BAD, BAD), silences=[self.SILENCE], now=self.SILENCE.until)
        assert opened.action == "opened"

    @pytest.mark.parametrize(
        ("change", "told_"),
        [({"rule": "column_moved"}, 1), ({"subject": "distance"}, 1), ({"subject": ""}, 0), ({"subject": None}, 0)],
    )
    def test_only_what_it_covers_is_silent(self, change, told_):
        assert len(run(days(BAD, BAD), silences=[self.SILENCE.model_copy(update=change)])) == told_


class TestTheTest:
    """The alert that travels the way every day."""

    def test_it_is_marked_and_over_at_once(self):
        found = daily_test(TEST, "2026-01-01", NOW)
        assert (found.action, found.test, found.alert.state, found.alert.severity) == (
            "tested",
            True,
            "resolved",
            "ticket",
        )

    def test_there_is_one_a_day(self):
        names = [daily_test(TEST, day, NOW).transition_id for day in ("2026-01-01", "2026-01-01", "2026-01-02")]
        assert (names[0] == names[1], names[0] == names[2]) == (True, False)


def test_an_alert_says_what_a_script_needs():
    """The fields that the backtest tells of an alert, too."""
    (opened,) = run(days(BAD, BAD))
    found = json.loads(opened.alert.model_dump_json())
    names = ("severity", "rule", "cause", "rides", "labelled_rides", "at")
    assert [found[name] for name in names] == ["ticket", "errors_grew", "errors", 300, 290, "2026-01-01T00:00:00Z"]
    assert found["sentence"].startswith("Answers are wrong by 4.8 minutes")
