"""What is learnt of errors: coverage without the rides that judge it, an estimate better than a constant."""

import json
from gzip import decompress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rides.answerer import answerer_of
from rides.answering import answer_rides
from ridewatch.sources.load import load
from ridewatch.training.lesson import lesson_of
from ridewatch.training.train import train
from ridewatch.training.uncertainty import COVERAGE, margin_of
from tests.known import known
from tests.months import NOW, judged_on_march, month, needs_real_rides
from tests.simulated import simulated

AIRPORTS = (1, 132, 138)
minutes = arrays(np.float64, st.shared(st.integers(1, 60), key="n"), elements=st.floats(-60, 60))


@pytest.fixture(scope="module")
def trained():
    """A model of ten thousand simulated rides."""
    return train(load("simulated?start=2019-01-01&days=59&rows=10000"), ("simulated",), NOW)


@given(minutes, minutes, minutes)
def test_the_margin_is_the_least_that_holds_the_promised_share(values, low, high):
    """And the one ride more that is asked about."""
    margin = margin_of(values, low, high)
    needed = min((len(values) + 1) * COVERAGE, len(values))
    slack = 1e-9
    assert ((low - margin - slack <= values) & (values <= high + margin + slack)).sum() >= needed
    assert ((low - margin + slack < values) & (values < high + margin - slack)).sum() < needed


def test_a_margin_covers_as_promised_whatever_the_quantiles_are():
    """By simulation: new values of the same distribution, by quantiles that are far too narrow."""
    luck = np.random.default_rng(0)
    covered = []
    for _ in range(400):
        values = luck.standard_t(3, 251)
        margin = margin_of(values[:250], np.full(250, -0.1), np.full(250, 0.1))
        covered.append(abs(values[250]) <= 0.1 + margin)
    assert np.mean(covered) == pytest.approx(COVERAGE, abs=0.05)


def test_on_other_simulated_rides_intervals_cover_what_they_promise(trained):
    exam = lesson_of(simulated(10_000, seed=7), dates=False)
    said = trained.learnt.says(exam)
    assert np.nanmean(said.covered) == pytest.approx(trained.card.interval.coverage, abs=0.03)
    errors = np.abs(said.predicted - exam.minutes)
    assert np.nanmean(said.estimated_error[exam.chosen.judged]) == pytest.approx(
        errors[exam.chosen.judged].mean(), rel=0.1
    )


def test_the_reference_holds_what_was_said_out_of_fold(trained):
    """Of rides that the fallback answers, and of those that are not judged, nothing."""
    rows = json.loads(decompress(trained.artifacts["reference"]))["columns"]
    covered = [value for value in rows["covered"] if value is not None]
    assert set(covered) == {0.0, 1.0}
    assert np.mean(covered) == pytest.approx(COVERAGE, abs=0.01)
    judged = np.array([error is not None for error in rows["error"]])
    assert not [
        value for value, counts in zip(rows["covered"], judged, strict=True) if value is not None and not counts
    ]
    estimated = np.array(rows["estimated_error"], dtype=float)
    assert np.nanmean(estimated[judged]) == pytest.approx(
        np.abs(np.array(rows["error"], dtype=float)[judged]).mean(), rel=0.05
    )


def test_training_says_what_serving_answers(trained):
    exam = lesson_of(simulated(2000, seed=3), dates=False)
    answers = answer_rides(known(exam.chosen.rides), answerer_of(trained.card, trained.artifacts))
    served = [answer.doubt.estimated_error if answer.doubt else np.nan for answer in answers]
    said = trained.learnt.says(exam)
    np.testing.assert_allclose(said.estimated_error, served, atol=2e-3)
    between = [answer.doubt.interval if answer.doubt else (np.nan, np.nan) for answer in answers]
    covered = [low - 2e-3 <= took <= high + 2e-3 for took, (low, high) in zip(exam.minutes, between, strict=True)]
    told = ~np.isnan(said.covered)
    assert (said.covered[told] == np.array(covered)[told]).mean() > 0.999


@needs_real_rides
def test_intervals_cover_four_fifths_of_march_which_had_no_part_in_them():
    exam = lesson_of(month("2019-03"), dates=False)
    assert np.nanmean(judged_on_march().learnt.says(exam).covered) == pytest.approx(0.8, abs=0.03)


@needs_real_rides
@pytest.mark.parametrize("which", ["far", "airport"])
def test_of_hard_rides_the_error_is_known_before_their_actuals_are(which):
    """A constant, the mean over all rides, misses by half."""
    exam = lesson_of(month("2019-03"), dates=False)
    at_airport = np.isin(exam.matrix[:, :2], AIRPORTS).any(axis=1)
    rides = exam.chosen.judged & {"far": exam.features["distance"] > 5, "airport": at_airport}[which]
    said = judged_on_march().learnt.says(exam)
    measured = np.abs(said.predicted - exam.minutes)[rides].mean()
    assert np.nanmean(said.estimated_error[rides]) == pytest.approx(measured, rel=0.2)
    assert judged_on_march().card.errors["model"].mae < 0.55 * measured
