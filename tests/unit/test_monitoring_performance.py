import numpy as np
import pytest
from sklearn.metrics import (
    mean_absolute_error,
    mean_absolute_percentage_error,
    mean_squared_error,
    root_mean_squared_error,
)

from monitoring.window.before_labels import before_labels_of
from monitoring.window.performance import performance_of
from monitoring.window.segment_reports import segment_reports
from ridewatch.training.lesson import lesson_of
from ridewatch.training.reference import hours_of, reference_of_rides, with_outcomes
from tests.months import month, needs_real_rides
from tests.watched import LEAST, compared, fitted, rows, weeks

REFERENCE = fitted()


def window(count=3_000, seed=5, **changes):
    """Hold two weeks of rows against the reference."""
    hours = weeks(count, number=2, seed=seed)
    columns = rows(count, seed, hours, **changes)
    return columns, compared(REFERENCE, columns, hours)


def unlabelled(columns, held):
    """Take the labels of some rows away."""
    outcomes = ("truth", "error", "off", "squared", "relative", "naive", "gain", "foreseen", "unforeseen", "covered")
    return columns | {name: np.where(held, columns[name], np.nan) for name in (*outcomes, "delay")}


class TestErrors:
    """From the profile alone, the same as from the rows."""

    @pytest.mark.parametrize("seed", range(3))
    def test_they_are_scikit_learns(self, seed):
        """To six digits; the 90 % quantile within its bin."""
        day, comparison = window(seed=seed)
        found = performance_of(comparison)
        sides = day["truth"], day["answer"]
        assert found.mae.value == pytest.approx(mean_absolute_error(*sides), abs=1e-5)
        assert found.rmse.value == pytest.approx(root_mean_squared_error(*sides), abs=1e-5)
        assert found.rmse.value**2 == pytest.approx(mean_squared_error(*sides), abs=1e-4)
        assert found.mape.value == pytest.approx(mean_absolute_percentage_error(*sides), abs=1e-5)
        assert found.bias.value == pytest.approx((day["answer"] - day["truth"]).mean(), abs=1e-5)
        assert found.p90.value == pytest.approx(np.quantile(day["off"], 0.9), rel=0.03)
        assert found.naive_mae.value == pytest.approx(mean_absolute_error(day["truth"], day["guess"]), abs=1e-5)
        assert found.skill.value == pytest.approx(1 - found.mae.value / found.naive_mae.value, abs=1e-6)
        assert found.label_delay == pytest.approx(day["delay"].mean(), abs=1e-5)
        assert (found.status, found.labelled, found.judged, found.coverage) == ("ok", 3_000, 3_000, 1.0)

    @needs_real_rides
    def test_they_are_scikit_learns_on_real_rides(self):
        """Of two months, answered with an hour's mean speed."""
        known, now = (lesson_of(month(name), dates=False) for name in ("2019-03", "2019-04"))
        answers = [np.minimum(60.0, 3 + 4 * lesson.features["distance"]) for lesson in (known, now)]
        columns = [
            with_outcomes(lesson.features, said, lesson.minutes, naive=np.full(len(said), 11.0))
            for lesson, said in zip((known, now), answers, strict=True)
        ]
        reference = reference_of_rides(known.chosen.rides, columns[0], None)
        found = performance_of(compared(reference, columns[1], hours_of(now.chosen.rides)))
        held = now.chosen.judged
        sides = now.minutes[held], answers[1][held]
        assert found.judged == held.sum()
        assert found.mae.value == pytest.approx(mean_absolute_error(*sides), abs=1e-5)
        assert found.rmse.value == pytest.approx(root_mean_squared_error(*sides), abs=1e-5)
        assert found.mape.value == pytest.approx(mean_absolute_percentage_error(*sides), abs=1e-5)
        assert found.p90.value == pytest.approx(np.quantile(np.abs(sides[1] - sides[0]), 0.9), rel=0.02)

    def test_each_stands_beside_the_references_and_in_its_interval(self):
        """A quiet window's interval holds the reference's number."""
        _, comparison = window()
        found = performance_of(comparison)
        for estimate in (found.mae, found.rmse, found.bias, found.mape, found.p90, found.naive_mae, found.skill):
            assert estimate.low < estimate.value < estimate.high
            assert estimate.low < estimate.reference < estimate.high
        assert found.worse is False

    def test_a_segments_errors_are_those_of_its_rows(self):
        """By the same rules as the window's."""
        day, comparison = window()
        small = {part.label: part for part in segment_reports(comparison)}["small"]
        held = day["size"] < 2
        assert (small.rows, small.performance.labelled) == (held.sum(), held.sum())
        assert small.performance.mae.value == pytest.approx(day["off"][held].mean(), abs=1e-5)
        assert small.performance.skill.value == pytest.approx(
            1 - day["off"][held].sum() / day["naive"][held].sum(), abs=1e-5
        )


class TestLabels:
    """Which rows are told, and which are judged."""

    def test_coverage_is_of_all_rows_and_errors_of_those_judged(self):
        """A label outside of what is judged counts as a label, not as an error."""
        truth = np.full(200, np.nan)
        truth[:80], truth[80:100] = 10.0, 90.0
        _, comparison = window(200, truth=truth, answer=np.full(200, 8.0))
        found = performance_of(comparison)
        assert (found.labelled, found.judged, found.coverage) == (100, 80, 0.5)
        assert (found.mae.value, found.bias.value) == (2.0, -2.0)
        assert "20 labelled rows" in found.note

    def test_no_actuals_and_too_few_say_so(self):
        """There is no error to tell."""
        day, _ = window(200)
        hours = weeks(200, number=2, seed=5)
        none = performance_of(compared(REFERENCE, unlabelled(day, held=False), hours))
        assert (none.status, none.mae, none.coverage, none.worse) == ("no_actuals", None, 0.0, None)
        few = performance_of(compared(REFERENCE, unlabelled(day, np.arange(200) < LEAST - 1), hours))
        assert (few.status, few.mae, few.labelled) == ("too_few", None, LEAST - 1)
        assert "49 labelled rows" in few.note

    def test_a_row_without_a_naive_answer_leaves_no_skill(self):
        """It would be of other rides than the error."""
        guess = np.full(3_000, 11.0)
        guess[5] = np.nan
        _, comparison = window(guess=guess)
        found = performance_of(comparison)
        assert found.skill is None
        assert found.mae is not None


class TestWorse:
    """When errors are more than chance and more than what does not matter."""

    @pytest.mark.parametrize(("spread", "worse"), [(2.0, False), (2.2, False), (3.0, True)])
    def test_a_fifth_more_is_no_reason_to_act(self, spread, worse):
        """Nor is a tenth, however many rows show it."""
        luck = np.random.default_rng(8)
        truth = np.clip(luck.gamma(3, 4, 6_000), 1, 60)
        _, comparison = window(6_000, truth=truth, answer=truth + luck.normal(0.2, spread, 6_000))
        assert performance_of(comparison).worse is worse

    def test_of_few_rows_even_half_as_much_again_may_be_chance(self):
        """The interval is wide."""
        luck = np.random.default_rng(8)
        truth = np.clip(luck.gamma(3, 4, 150), 1, 60)
        _, comparison = window(150, truth=truth, answer=truth + luck.normal(0, 2.6, 150))
        found = performance_of(comparison)
        assert found.mae.low < 1.2 * found.mae.reference
        assert found.worse is False


class TestBeforeLabels:
    """What could be known without labels."""

    def test_the_expected_error_is_told_before_any_label(self):
        """Beside the reference's at the same hours; the change is accounted for once there are labels."""
        day, labelled = window()
        hours = weeks(3_000, number=2, seed=5)
        early = before_labels_of(compared(REFERENCE, unlabelled(day, held=False), hours))
        late = before_labels_of(labelled)
        assert early.status == "ok"
        assert early.estimated == late.estimated
        assert early.estimated.value == pytest.approx(day["expected"].mean(), abs=1e-5)
        assert early.estimated.low < early.estimated.reference < early.estimated.high
        assert (early.change, early.coverage) == (None, None)
        assert late.change.value == pytest.approx(late.covariate.value + late.concept.value, abs=1e-6)
        assert late.coverage.value == pytest.approx((day["off"] <= 2.5).mean())

    def test_errors_of_exactly_nothing_are_no_error(self):
        """There is no change of nothing to account for."""
        truth = np.full(200, 10.0)
        _, comparison = window(200, truth=truth, answer=truth)
        found = before_labels_of(comparison)
        assert (found.status, found.change) == ("ok", None)
        assert performance_of(comparison).mae.value == 0.0

    def test_too_few_expected_errors_say_so(self):
        """As few as are too few to judge."""
        _, comparison = window(200, expected=np.full(200, np.nan))
        assert before_labels_of(comparison).status == "too_few"
