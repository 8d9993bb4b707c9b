"""What the guard learns, and on what it is decided who answers."""

import numpy as np
import pytest

from contracts.guard import GuardStatistics
from rides.answerer import answerer_of
from rides.answering import Answer, answer_rides
from rides.flags import FLAGS
from rides.guard import Guard
from rides.zones import borough
from ridewatch.sources.load import load
from ridewatch.training.columns import ride_features
from ridewatch.training.decisions import LEAST_EVIDENCE, Answers, decision_on
from ridewatch.training.guard import LEAST_SPREAD, statistics_of
from ridewatch.training.lesson import lesson_of
from ridewatch.training.train import train
from tests.known import known
from tests.months import NOW, judged_on_march, month, needs_real_rides
from tests.simulated import simulated


@pytest.fixture(scope="module")
def learnt():
    """The matrix of simulated rides that are learnt from."""
    lesson = lesson_of(simulated(4000))
    return lesson.matrix[lesson.chosen.learnt]


@pytest.fixture(scope="module")
def trained():
    """A model of ten thousand simulated rides."""
    return train(load("simulated?start=2019-01-01&days=59&rows=10000"), ("simulated",), NOW)


def between(matrix, one, other):
    """Choose the rides between two places, either way, by asking each."""

    def ends(zone):
        return {int(zone), borough(int(zone))}

    return np.array(
        [
            (one in ends(pickup) and other in ends(dropoff)) or (other in ends(pickup) and one in ends(dropoff))
            for pickup, dropoff in matrix[:, :2]
        ]
    )


def test_the_usual_distance_between_two_places_is_the_median_of_the_rides_between_them(learnt):
    """Either way, in log miles; every hundredth is counted anew."""
    for found in statistics_of(learnt).distances[::100]:
        log_miles = np.log(learnt[between(learnt, found.one, found.other), 2])
        spread = 1.4826 * np.median(np.abs(log_miles - np.median(log_miles)))
        assert found.rides == len(log_miles)
        assert found.log_miles == pytest.approx(np.median(log_miles), abs=1e-3)
        assert found.spread == pytest.approx(max(spread, LEAST_SPREAD), abs=1e-3)


def test_no_ride_that_was_learnt_from_is_out_of_range_or_unseen(learnt):
    guard = Guard(statistics_of(learnt).model_copy(update={"odd_beyond": 1e9}))
    assert not [flags for ride in ride_features(learnt) if (flags := tuple(guard.flags(ride)))]


def decided(worse, rides):
    """Decide on rides of ten minutes that the model answers with twelve, the fallback so much worse."""
    answers = Answers(np.full(rides, 12.0), 12.0 + np.resize(worse, rides))
    return decision_on(answers, np.full(rides, 10.0), np.ones(rides, dtype=bool))


@pytest.mark.parametrize(
    ("worse", "rides", "served_by"),
    [
        ([-1.0], 100, "fallback"),
        ([0.0], 100, "fallback"),
        ([1.0], 100, "champion"),
        ([-2.0, 1.9], 100, "champion"),
        ([-2.0, 1.0], 100, "fallback"),
        ([-1.0], LEAST_EVIDENCE - 1, "champion"),
        ([-1.0], 0, "champion"),
    ],
)
def test_the_fallback_answers_where_it_was_surely_no_worse(worse, rides, served_by):
    """By a standard error, on enough rides."""
    decision = decided(worse, rides)
    assert (decision.served_by, decision.rides) == (served_by, rides)


def test_every_flag_is_decided(trained):
    assert list(trained.learnt.guard.decisions) == list(FLAGS)


def test_distances_that_cannot_be_true_are_judged_on_rides_that_were_given_such(trained):
    """No training ride is absurdly long; the model believes such a distance, the fallback does not."""
    decision = trained.learnt.guard.decisions["absurd_distance"]
    assert (decision.made, decision.served_by) == (True, "fallback")
    assert decision.model_mae > 2 * decision.fallback_mae


def answers_to(trained, table) -> list[Answer]:
    """Answer rides as the process would."""
    answerer = answerer_of(trained.card, trained.artifacts)
    return answer_rides(known(table), answerer)


def held_against_the_model(trained, table):
    """Give the share of flagged rides, and the errors of fallback and model where the fallback answered."""
    lesson = lesson_of(table, dates=False)
    answers = answers_to(trained, lesson.chosen.rides)
    by_fallback = np.array([answer.served_by == "fallback" for answer in answers]) & lesson.chosen.judged
    told = np.array([answer.minutes for answer in answers])
    model = np.maximum(trained.learnt.regressor.predict(lesson.matrix), 0)
    errors = [np.abs(minutes - lesson.minutes)[by_fallback] for minutes in (told, model)]
    return np.mean([bool(answer.flags) for answer in answers]), *errors


def test_on_simulated_rides_the_fallback_is_no_worse_where_it_answers(trained):
    """A month of other rides."""
    flagged, fallback, model = held_against_the_model(trained, simulated(40_000, seed=7))
    assert len(fallback) >= 5
    assert fallback.mean() <= model.mean()
    assert flagged <= 0.04


@needs_real_rides
def test_on_march_at_most_three_percent_are_flagged_and_the_fallback_is_no_worse_where_it_answers():
    flagged, fallback, model = held_against_the_model(judged_on_march(), month("2019-03"))
    assert 0.005 < flagged <= 0.03
    assert len(fallback) >= 5
    assert fallback.mean() <= model.mean()


def test_training_says_what_serving_answers(trained):
    """Guard, fallback and model alike."""
    lesson = lesson_of(simulated(2000, seed=3), dates=False)
    served = [answer.minutes for answer in answers_to(trained, lesson.chosen.rides)]
    np.testing.assert_allclose(trained.learnt.says(lesson).predicted, served, atol=1e-3)


def test_the_artifact_is_the_guard_that_was_decided(trained):
    assert GuardStatistics.model_validate_json(trained.artifacts["guard"]) == trained.learnt.guard
