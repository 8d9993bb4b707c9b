"""The rules that ship: each reads something, says it in words, and stands in the runbook."""

import pathlib
import re

import pytest
from pydantic import ValidationError

from contracts.alert_rules import AlertRule
from contracts.alerts import Acceptance, Subject
from contracts.findings import (
    Accepted,
    BeforeLabels,
    Check,
    FairnessGap,
    FeatureWeight,
    Joint,
    Performance,
    Rhythm,
    Watch,
    WeakSegment,
)
from monitoring.alerts.finding import evaluate
from monitoring.alerts.readings import READERS
from monitoring.alerts.transitions import transitions
from monitoring.numeric.drift import DRIFT_BOUND
from monitoring.window.classifier import AUC_BOUND
from monitoring.window.contrasts import BOUND
from monitoring.window.performance import MATTERS
from rides.alert_rules import RULES, TEST
from tests.alarming import FIRST, NOW, column, contrast, estimate, moved, sound, told, window, wrong

RUNBOOK = pathlib.Path(__file__).parents[2] / "docs" / "runbook.md"
BY_NAME = {rule.name: rule for rule in RULES}


def alerts(*reports, acceptances=()):
    """Give the alerts that open on these reports, by rule."""
    verdicts = evaluate(RULES, reports, acceptances)
    return {found.alert.rule: found.alert for found in transitions((), verdicts, (), NOW)}


def test_no_two_rules_share_a_name():
    assert len(BY_NAME) == len(RULES)


def test_every_measure_is_read_and_has_a_rule():
    assert {rule.measure for rule in RULES} == set(READERS)


def test_the_runbook_has_a_heading_for_every_rule_and_for_nothing_else():
    headings = re.findall(r"^## (.+)$", RUNBOOK.read_text(), re.MULTILINE)
    assert headings == [rule.name for rule in RULES]
    assert all(rule.next_step == f"docs/runbook.md#{rule.name}" for rule in RULES)


def test_the_rules_count_as_the_reports_judge():
    """Where a report gives a verdict of its own, the number in the rule is the report's."""
    assert BY_NAME["errors_grew"].times == MATTERS
    assert BY_NAME["column_moved"].plus == DRIFT_BOUND
    assert BY_NAME["segment_moved"].plus == BOUND
    assert BY_NAME["rides_moved"].plus == pytest.approx(AUC_BOUND, abs=5e-4)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sentence": "{minutes} off"}, "names minutes"),
        ({"sentence": "{reference} before", "times": 0}, "needs it"),
        ({"fired": 3, "judged": 2}, "3 of 2"),
        ({"name": "Errors"}, "name"),
        ({"measure": "mood"}, "measure"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(change, said):
    with pytest.raises(ValidationError, match=said):
        AlertRule.model_validate(BY_NAME["errors_grew"].model_dump() | change)


class TestWhatFires:
    """One report, or a few, for each rule, on both sides of its limit."""

    def test_quiet_reports_alert_nobody(self):
        assert alerts(*(wrong(place) for place in range(3)), sound(3), moved(4, drifted=False, psi=0.05)) == {}

    def test_errors_by_a_third_larger(self):
        found = alerts(wrong(0, 3.9), wrong(1, 3.8))["errors_grew"]
        assert (found.severity, found.cause) == ("ticket", "errors")
        assert found.sentence == (
            "Answers are wrong by 3.8 minutes on average, by 2.8 in the reference; so on 2 of the last 2 days."
        )

    def test_errors_that_grow_with_the_season_do_not(self):
        """2.9 to 3.3 minutes, as in the spring of 2019."""
        assert alerts(*(wrong(place, 3.3) for place in range(5))) == {}

    def test_the_cause_says_to_which_side(self):
        found = alerts(wrong(0, 4.8, bias=3.6), wrong(1, 4.8, bias=3.6))
        assert found["errors_grew"].cause == "errors, answers too long"
        assert "in the reference (answers too long);" in found["errors_grew"].sentence
        assert "answers_too_long" in found
        assert "answers_too_short" not in found

    def test_answers_too_short(self):
        found = alerts(wrong(0, bias=-2.5), wrong(1, bias=-2.5))
        assert set(found) == {"answers_too_short"}
        assert "-2.5 minutes off on average, -0.5 in the reference: too short" in found["answers_too_short"].sentence

    def test_the_cause_is_the_reports_where_it_knows(self):
        """The world changed, or what is asked."""
        known = [wrong(place, 4.8, before_labels=BeforeLabels(status="ok", cause="concept")) for place in (0, 1)]
        assert alerts(*known)["errors_grew"].cause == "concept"

    def test_the_watch_over_errors_pages(self):
        watch = Watch(status="ok", rows=120, is_open=True, side="long", began=FIRST, opened_at=NOW)
        found = alerts(told(0, "hour", watch=watch))["errors_changed"]
        assert (found.severity, found.cause) == ("page", "errors, answers too long")
        assert found.sentence == (
            "Answers have been more wrong than is tolerated since 2020-03-16 04:00 UTC or so (answers too long)."
        )
        assert alerts(told(0, "hour", watch=Watch(status="ok", rows=120))) == {}

    def test_a_page_says_what_the_inputs_had_announced(self):
        """So that whoever gets up knows whether rides got harder."""
        watch = Watch(status="ok", rows=120, is_open=True, side="long", began=FIRST, opened_at=NOW)
        before = BeforeLabels(status="ok", cause="concept", estimated=estimate(3.04, reference=2.8))
        found = alerts(told(0, "hour", watch=watch, before_labels=before))["errors_changed"]
        assert found.cause == "concept, answers too long"
        assert found.sentence.endswith("By what was asked, 3.0 minutes were to be expected, 2.8 in the reference.")

    def test_its_cause_is_that_of_the_rides_since_it_began(self):
        """Not of the hour that is reported, which may hold too few."""
        of_hour = BeforeLabels(status="ok", estimated=estimate(2.9, reference=2.8), cause="neither")
        watch = Watch(status="ok", rows=120, is_open=True, side="short", began=FIRST, cause="concept")
        watch = watch.model_copy(update={"estimated": estimate(3.5, reference=2.8)})
        found = alerts(told(0, "hour", watch=watch, before_labels=of_hour))["errors_changed"]
        assert found.cause == "concept, answers too short"
        assert "3.5 minutes were to be expected" in found.sentence

    def test_the_watch_is_of_the_moment(self):
        """A report of an old hour that was made last knows it best."""
        shut, is_open = Watch(status="ok", rows=9), Watch(status="ok", rows=99, is_open=True, opened_at=NOW)
        old = told(0, "hour", watch=is_open, as_of=NOW)
        assert set(alerts(old, told(1, "hour", watch=shut))) == {"errors_changed"}

    def test_a_page_has_the_id_of_its_opening(self):
        """Whichever window told of it."""
        watch = Watch(status="ok", rows=99, is_open=True, opened_at=NOW)
        found = [alerts(told(place, "hour", watch=watch))["errors_changed"].alert_id for place in (0, 1)]
        again = watch.model_copy(update={"opened_at": FIRST})
        assert found[0] == found[1] != alerts(told(1, "hour", watch=again))["errors_changed"].alert_id

    def test_errors_are_expected(self):
        hard = BeforeLabels(status="ok", estimated=estimate(4.0, reference=2.8), cause="covariate")
        assert set(alerts(*(told(place, before_labels=hard) for place in (0, 1)))) == {"errors_expected"}

    def test_intervals_are_too_narrow(self):
        narrow = BeforeLabels(status="ok", coverage=estimate(0.5, 0.05, reference=0.8))
        performance = Performance(status="ok", judged=290, labelled=290)
        reports = [told(place, before_labels=narrow, performance=performance) for place in (0, 1)]
        assert set(alerts(*reports)) == {"intervals_too_narrow"}

    def test_a_segment_is_weak_until_reports_no_longer_name_it(self):
        weak = WeakSegment(
            segment_id="pickup_zone=7", side="short", rows=60, excess=estimate(3.0, 1), expected=2.5, p_value=0.01
        )
        bad = [wrong(place, weak_segments=(weak,)) for place in (0, 1)]
        found = alerts(*bad)["segment_weak"]
        assert found.sentence.startswith(
            "Answers in pickup_zone=7 are wrong by 3.0 minutes more than is to be expected"
        )
        assert found.cause == "errors, answers too short"
        later = evaluate(RULES, [*bad, wrong(2), wrong(3), told(4), wrong(5)])
        (over,) = transitions([found], later, (), NOW)
        assert (over.action, over.alert.subject.name) == ("resolved", "pickup_zone=7")

    def test_a_group_is_at_a_disadvantage(self):
        gap = FairnessGap(
            family="pickup borough",
            group="Bronx",
            measure="lean",
            rows=80,
            gap=estimate(-2.0),
            shrunk=-1.6,
            p_value=0.01,
            flagged=True,
        )
        found = alerts(*(told(place, fairness=(gap,)) for place in (0, 1)))["group_disadvantaged"]
        assert found.sentence.startswith("pickup borough: Bronx, lean: -2.00 beside all rides")
        fine = gap.model_copy(update={"flagged": False})
        assert alerts(*(told(place, fairness=(fine,)) for place in (0, 1))) == {}

    def test_no_better_than_the_fallback(self):
        told_ = [
            told(place, performance=Performance(status="ok", labelled=290, judged=290, skill=estimate(-0.1, 0.05)))
            for place in (0, 1)
        ]
        assert set(alerts(*told_)) == {"no_better_than_fallback"}

    def test_the_fallback_answers(self):
        assert set(alerts(told(0, "hour", volume={"fallbacks": 90}))) == {"fallback_answers"}
        assert alerts(told(0, "hour", volume={"fallbacks": 30})) == {}

    def test_most_or_some_requests_are_rejected(self):
        assert set(alerts(sound(0, "hour", rejected=0.6))) == {"most_rejected"}
        assert set(alerts(sound(0, "day", rejected=0.1))) == {"requests_rejected"}
        assert alerts(sound(0, "hour", rejected=0.1), sound(0, "day", rejected=0.05)) == {}

    @pytest.mark.parametrize(("hours", "found"), [(1, set()), (2, {"rides_stopped"})])
    def test_hours_without_a_ride(self, hours, found):
        rhythm = Rhythm(status="ok", weeks=4, rows=250, expected=estimate(300, 60), silent_hours=hours, unusual=False)
        assert set(alerts(sound(0, rhythm=rhythm))) == found

    @pytest.mark.parametrize(
        ("rows", "unusual", "found"),
        [(100, True, {"fewer_rides"}), (700, True, {"more_rides"}), (100, False, set()), (200, True, set())],
    )
    def test_a_volume_that_is_unusual_and_far_off(self, rows, unusual, found):
        rhythm = Rhythm(status="ok", weeks=4, rows=rows, expected=estimate(300, 60), unusual=unusual)
        assert set(alerts(sound(0, rhythm=rhythm))) == found

    def test_a_column_has_moved(self):
        found = alerts(moved(0), moved(1))["column_moved"]
        assert (found.subject, found.cause) == (Subject(kind="column", name="distance"), "covariate")
        assert found.sentence.startswith("distance has moved against the reference (PSI 0.40)")

    @pytest.mark.parametrize(("change", "said"), [(0.4, "+0.41"), (-0.4, "-0.39")])
    def test_a_segment_has_changed_otherwise_than_the_rest(self, change, said):
        """Whichever way."""
        reports = [told(place, contrasts=[contrast(change)]) for place in (0, 1)]
        found = alerts(*reports)["segment_moved"]
        assert (found.severity, found.cause) == ("ticket", "covariate")
        assert found.subject == Subject(kind="segment", name="vendor=2: distance")
        assert found.evidence.value == 0.4
        assert found.sentence == (
            f"vendor=2: distance has changed otherwise than that of all others: by {said} spreads of what is usual "
            "there, all others by +0.01; so in the weeks to 2 of the last 2 days."
        )

    def test_a_segment_that_the_report_clears_has_not(self):
        """Its mirror image has, or the difference is too small, or not sure among all that are asked."""
        cleared = [told(place, contrasts=[contrast(0.4, moved=False)]) for place in (0, 1)]
        slight = [told(place, contrasts=[contrast(0.12)]) for place in (0, 1)]
        assert alerts(*cleared) == alerts(*slight) == {}

    def test_that_true_durations_moved_is_no_input(self):
        assert alerts(moved(0, name="actual", role="actual"), moved(1, name="actual", role="actual"))[
            "column_moved"
        ].cause == ("outcome")

    def test_what_the_report_denies_after_correction_has_not_moved(self):
        """A lower end above the bound by itself, yet not among all columns of the report."""
        assert alerts(moved(0, drifted=False), moved(1, drifted=False)) == {}

    def test_rides_moved_together(self):
        joint = Joint(
            status="ok",
            auc=estimate(0.7, 0.05, reference=0.5),
            drifted=True,
            features=(FeatureWeight(name="distance", weight=0.6),),
        )
        assert "most by distance" in alerts(told(0, joint=joint), told(1, joint=joint))["rides_moved"].sentence

    def test_a_check_is_broken_more_often_than_in_the_reference(self):
        check = Check(
            name="wrong_date", meaning="pickup long ago", status="ok", rows=300, share=estimate(0.2, 0.05, 0.02)
        )
        found = alerts(sound(0, checks=[check]))["check_broken"]
        assert found.subject == Subject(kind="check", name="wrong_date")
        assert found.sentence == "20% of a day's rides show what sound rides do not: pickup long ago."
        usual = check.model_copy(update={"share": estimate(0.2, 0.05, 0.14)})
        assert alerts(sound(0, checks=[usual])) == {}

    def test_values_are_missing(self):
        found = alerts(told(0, columns=[column(missing=90, missing_reference_share=0.01)]))
        assert (
            found["values_missing"].sentence == "distance is missing in 30% of a day's rides, in 1% of the reference's."
        )
        assert alerts(told(0, columns=[column(missing=90, missing_reference_share=0.28)])) == {}

    def test_rows_of_one_day_are_worth_fewer(self):
        """25 of 300 are more than five in a hundred of independent rows, not of rows that resemble each other."""
        odd = {"missing": 27, "missing_reference_share": 0.0}
        assert set(alerts(told(0, columns=[column(**odd)]))) == {"values_missing"}
        assert alerts(told(0, columns=[column(**odd, effective_rows=30.0)])) == {}

    def test_values_were_never_seen(self):
        assert set(alerts(told(0, columns=[column(unseen=60)]))) == {"values_unseen"}

    @pytest.mark.parametrize("odd", [{"status": "failed"}, {"constant": True}])
    def test_a_column_tells_nothing(self, odd):
        assert set(alerts(told(0, columns=[column(**odd)]))) == {"column_unusable"}

    def test_a_day_has_one_weekday(self):
        assert alerts(told(0, columns=[column(constant=True, status="not_judged")])) == {}

    def test_labels_are_overdue(self):
        late = Performance(status="ok", labelled=60, coverage=0.2, mature_at=window(0).end)
        assert set(alerts(told(0, performance=late))) == {"labels_overdue"}
        young = late.model_copy(update={"mature_at": NOW})
        assert alerts(told(0, performance=young)) == {}

    def test_a_report_failed(self):
        why = Performance(status="failed", note="the reference cannot be read")
        found = alerts(told(0, "hour", performance=why, status="failed"))["report_failed"]
        assert found.sentence == "A report could not be made: the reference cannot be read."

    def test_the_test_alert_reads_nothing(self):
        assert evaluate([TEST], [told(0)]) == ()


class TestAcceptance:
    """A window that a person calls normal."""

    ACCEPTANCE = Acceptance(
        acceptance_id="a1",
        report_id="r",
        model_version="v1",
        window=window(1),
        column="distance",
        why="a new airport",
        who="ada",
        at=NOW,
    )

    def test_what_came_before_it_is_past(self):
        assert alerts(moved(0), moved(1), acceptances=[self.ACCEPTANCE]) == {}
        assert set(alerts(moved(1), moved(2), moved(3), acceptances=[self.ACCEPTANCE])) == {"column_moved"}

    @pytest.mark.parametrize("change", [{"column": "passengers"}, {"model_version": "v2"}])
    def test_it_is_of_its_column_and_model_alone(self, change):
        acceptance = self.ACCEPTANCE.model_copy(update=change)
        assert set(alerts(moved(0), moved(1), acceptances=[acceptance])) == {"column_moved"}

    @pytest.mark.parametrize(("close", "found"), [(True, set()), (False, {"column_moved"})])
    def test_a_column_close_to_it_has_not_moved(self, close, found):
        accepted = Accepted(acceptance_id="a1", window=window(1), close=close)
        assert set(alerts(moved(2, accepted=accepted), moved(3, accepted=accepted))) == found

    def test_what_was_missing_then_may_be_missing_now(self):
        accepted = Accepted(acceptance_id="a1", window=window(1), close=True, missing_share=0.3, unseen_share=0.2)
        odd = column(missing=95, missing_reference_share=0.0, unseen=60, constant=True, accepted=accepted)
        assert alerts(told(2, columns=[odd])) == {}
        worse = odd.model_copy(update={"missing": 150, "unseen": 120})
        assert set(alerts(told(2, columns=[worse]))) == {"values_missing", "values_unseen"}

    def test_all_columns_together_are_accepted_by_one_word_for_all(self):
        joint = Joint(status="ok", auc=estimate(0.7, 0.05, reference=0.5), drifted=True)
        said = Accepted(acceptance_id="a1", window=window(1), close=True)
        columns = [column(name, accepted=said) for name in ("distance", "passengers")]
        assert alerts(*(told(place, joint=joint, columns=columns) for place in (2, 3))) == {}
        left = [columns[0], columns[1].model_copy(update={"accepted": said.model_copy(update={"close": False})})]
        one_by_one = [
            columns[0],
            columns[1].model_copy(update={"accepted": said.model_copy(update={"acceptance_id": "a2"})}),
        ]
        for others in (left, one_by_one):
            assert set(alerts(*(told(place, joint=joint, columns=others) for place in (2, 3)))) == {"rides_moved"}

    @pytest.mark.parametrize(("of", "found"), [(None, set()), ("distance", {"rides_moved"})])
    def test_that_rides_moved_together_before_it_is_past_by_a_word_for_all(self, of, found):
        joint = Joint(status="ok", auc=estimate(0.7, 0.05, reference=0.5), drifted=True)
        acceptance = self.ACCEPTANCE.model_copy(update={"column": of})
        assert set(alerts(told(0, joint=joint), told(1, joint=joint), acceptances=[acceptance])) == found

    def test_errors_are_not_accepted(self):
        acceptance = self.ACCEPTANCE.model_copy(update={"column": None, "window": window(5)})
        assert set(alerts(wrong(0, 3.9), wrong(1, 3.9), acceptances=[acceptance])) == {"errors_grew"}
