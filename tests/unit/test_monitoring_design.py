from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.numeric.design import (
    design_effect,
    effective_days,
    effective_rows,
    freedom_of,
    mean_correlation,
    ratio_residuals,
    score_correlation,
    share_correlation,
    usual_days,
    weighted_rows,
)

DAYS, ROWS = 400, 300


def days_of(correlation, bins, luck):
    """Draw days by bins whose shares differ from day to day (Dirichlet), of unequal size."""
    shares = luck.dirichlet(np.full(bins, 10.0))
    sizes = luck.integers(ROWS // 2, 2 * ROWS, DAYS)
    own = luck.dirichlet(shares * (1 / correlation - 1), DAYS) if correlation else np.tile(shares, (DAYS, 1))
    return np.array([luck.multinomial(size, share) for size, share in zip(sizes, own, strict=True)]), shares


@pytest.mark.parametrize("correlation", [0.0, 0.002, 0.02, 0.1])
@pytest.mark.parametrize("bins", [2, 12])
def test_the_correlation_of_shares_is_the_one_that_days_were_drawn_with(correlation, bins):
    """Against the true shares, and against shares learnt from the same days, one set of which is then fitted."""
    days, shares = days_of(correlation, bins, np.random.default_rng(5))
    sizes = days.sum(axis=1, keepdims=True)
    learnt = days.sum(axis=0) / days.sum()
    for expected, fitted in ((sizes * shares, 0), (sizes * learnt, 1)):
        assert share_correlation(days, expected, fitted) == pytest.approx(correlation, rel=0.25, abs=4e-4)


@pytest.mark.parametrize("correlation", [0.0, 0.005, 0.05])
def test_the_correlation_of_a_mean_is_the_one_that_days_were_drawn_with(correlation):
    """A day's weather adds the same to each of its rides."""
    luck = np.random.default_rng(6)
    sizes = luck.integers(ROWS // 2, 2 * ROWS, DAYS)
    weather = luck.normal(0, np.sqrt(correlation), DAYS)
    usual = luck.normal(3, 1, DAYS)
    errors = [usual[day] + weather[day] + luck.normal(0, np.sqrt(1 - correlation), sizes[day]) for day in range(DAYS)]
    sums, squares = (np.array([np.sum(day**power) for day in errors]) for power in (1, 2))
    assert mean_correlation(sizes, sums, squares, usual, 0) == pytest.approx(correlation, rel=0.25, abs=4e-4)


def test_the_correlation_of_a_mean_is_that_of_the_analysis_of_variance():
    """Fisher's estimator by hand: three days of two rows, between 32, within 1/3."""
    rows, values = np.array([2, 2, 2]), np.array([[0.0, 1.0], [4.0, 5.0], [8.0, 8.0]])
    sums, squares, mean = values.sum(axis=1), (values**2).sum(axis=1), np.full(3, values.mean())
    between, within = 2 * np.var(values.mean(axis=1), ddof=1), np.mean(np.var(values, axis=1, ddof=1))
    expected = (between - within) / (between + within)
    assert mean_correlation(rows, sums, squares, mean, 1) == pytest.approx(expected)


@given(st.integers(0, 3), st.integers(1, 4), st.integers(0, 50))
def test_too_few_days_or_bins_show_no_likeness_and_never_fail(days, bins, rows):
    """Empty days, one day, one bin."""
    counts, expected = np.full((days, bins), rows), np.full((days, bins), float(rows))
    assert share_correlation(counts, expected) == 0
    sizes = counts.sum(axis=1)
    assert mean_correlation(sizes, sizes * 1.0, sizes * 1.0, np.ones(days)) == 0


def test_days_that_are_all_of_one_kind_are_alike():
    """Each day falls into one bin."""
    counts = np.tile(np.eye(2, dtype=np.int64) * 100, (30, 1))
    assert share_correlation(counts, np.full((60, 2), 50.0), 0) == pytest.approx(1)


@given(st.floats(0, 1), st.floats(1, 1e6), st.floats(1, 100))
def test_rows_are_worth_at_most_their_number_and_a_day_at_most_one_over_the_correlation(correlation, rows, days):
    """However many there are."""
    worth = effective_rows(correlation, rows, days)
    assert 0 < worth <= rows
    if rows > days:
        assert worth * correlation <= days + 1e-6
        assert design_effect(correlation, rows, days) == pytest.approx(1 + (rows / days - 1) * correlation)


def test_what_is_usual_of_a_day_is_the_share_of_its_weekday():
    """Two Sundays of unequal size and a Monday."""
    days = np.array([[10, 0], [20, 10], [5, 5]])
    usual = usual_days(days, np.array([6, 6, 0]))
    assert usual == pytest.approx(np.array([[7.5, 2.5], [22.5, 7.5], [5, 5]]))
    assert usual_days(days[:0], np.array([], dtype=np.int64)).shape == (0, 2)


def test_the_correlation_of_a_score_is_that_of_its_rows():
    """Counted by bin, or row by row."""
    luck = np.random.default_rng(7)
    days, shares = days_of(0.05, 4, luck)
    scores, sizes = np.array([-1.0, 0.0, 2.0, 5.0]), days.sum(axis=1)
    rows = [np.repeat(scores, day) for day in days]
    sums, squares = (np.array([np.sum(day**power) for day in rows]) for power in (1, 2))
    expected = sizes[:, None] * shares
    by_rows = mean_correlation(sizes, sums, squares, np.full(len(days), shares @ scores))
    assert score_correlation(days, expected, scores) == pytest.approx(by_rows)
    assert by_rows > 0.02


def test_residuals_of_a_ratio_come_from_the_sums_of_both_and_of_their_difference():
    """Against the rows."""
    luck = np.random.default_rng(8)
    errors, naive = luck.gamma(2, 1, (5, 40)), luck.gamma(2, 2, (5, 40))
    sums = [(m.sum(axis=1), (m**2).sum(axis=1)) for m in (errors, naive, naive - errors)]
    residuals = errors - 0.4 * naive
    found = ratio_residuals(*sums, 0.4)
    assert found[0] == pytest.approx(residuals.sum(axis=1))
    assert found[1] == pytest.approx((residuals**2).sum(axis=1))


def test_equal_days_and_equal_weights_count_in_full():
    """One full and one empty day are one; one weight of three is one row of three."""
    assert effective_days(np.array([7, 7, 7])) == pytest.approx(3)
    assert effective_days(np.array([100, 0])) == 1
    assert effective_days(np.array([], dtype=np.int64)) == 0
    assert weighted_rows(np.array([10, 20]), np.array([0.5, 0.5])) == pytest.approx(30)
    assert weighted_rows(np.array([10, 20]), np.array([1.0, 0.0])) == pytest.approx(10)
    assert weighted_rows(np.array([10, 20]), np.zeros(2)) == 0


def test_the_degrees_of_freedom_go_from_the_rows_to_the_days():
    """No clustering: the rows'; nothing but clustering: half of the reference's spare days."""
    assert freedom_of(1.0, 201, 52) == pytest.approx(200)
    assert freedom_of(1e9, 1e9, 52) == pytest.approx(26)
    assert 26 < freedom_of(2.0, 1_000, 52) < 999
    assert freedom_of(1.0, inf, 52) == inf
