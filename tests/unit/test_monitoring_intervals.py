from math import inf, isinf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from monitoring.numeric.intervals import (
    Interval,
    Sums,
    difference_interval,
    mean_interval,
    quantile_interval,
    root_mean_square_interval,
    share_interval,
    size_interval,
    skill_interval,
)
from monitoring.numeric.quantiles import normal_quantile, normal_survival, t_quantile

VALUES = st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=50)


def sums(values):
    """Sum a measure."""
    array = np.asarray(values, dtype=float)
    return Sums(len(array), float(array.sum()), float((array**2).sum()))


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7.5, 30, 1e6, inf])
@pytest.mark.parametrize("probability", [0.025, 0.5, 0.95, 0.975])
def test_students_quantiles_are_scipys(freedom, probability):
    """Within two in a thousand."""
    assert t_quantile(probability, freedom) == pytest.approx(stats.t.ppf(probability, freedom), rel=2e-3, abs=1e-9)


@given(st.floats(-30, 30), st.floats(1e-9, 1 - 1e-9))
def test_the_normal_distribution_is_scipys(z, probability):
    """Tails and quantiles."""
    assert normal_survival(z) == pytest.approx(stats.norm.sf(z), rel=1e-9)
    assert normal_quantile(probability) == pytest.approx(stats.norm.ppf(probability), rel=1e-6, abs=1e-9)


@given(VALUES)
def test_the_interval_of_a_mean_is_scipys(values):
    """Student's, for independent rows."""
    found = mean_interval(sums(values), freedom=max(len(values) - 1, 3))
    half = stats.t.ppf(0.975, max(len(values) - 1, 3)) * np.std(values, ddof=1) / sqrt(len(values))
    assert found.value == pytest.approx(np.mean(values))
    assert found.upper - found.value == pytest.approx(half, rel=3e-3, abs=1e-3)
    assert found.value - found.lower == pytest.approx(half, rel=3e-3, abs=1e-3)


@given(VALUES, st.floats(-100, 100), st.floats(0.5, 20))
def test_the_interval_of_a_mean_shifts_and_scales_with_its_values(values, shift, scale):
    """Minutes or seconds."""
    found, moved = (mean_interval(sums(v)) for v in (values, np.array(values) * scale + shift))
    assert moved == pytest.approx([end * scale + shift for end in found], abs=0.1)


@given(VALUES, st.floats(1, 100))
def test_a_design_effect_widens_by_its_root(values, deff):
    """Four times the variance, twice the width."""
    plain, wide = (mean_interval(sums(values), effect) for effect in (1.0, deff))
    assert wide.upper - wide.value == pytest.approx((plain.upper - plain.value) * sqrt(deff), abs=1e-6)


def test_the_interval_of_a_size_is_positive_and_longer_upwards():
    """It is symmetric in the logarithm."""
    found = size_interval(sums([0.1, 0.1, 0.2, 9.0]))
    assert 0 < found.lower < found.value < found.upper
    assert found.upper / found.value == pytest.approx(found.value / found.lower)


def test_few_rows_borrow_the_references_relative_spread_and_many_their_own():
    """Four alike rows of one minute; in the reference ones of four are as wide as they are long."""
    alike, usual = sums([1.0, 1.0, 1.0, 1.0]), sums([4.0, 0.0, 8.0] * 1_000)
    assert size_interval(alike) == (1, 1, 1)
    found = size_interval(alike, usual)
    relative = np.std([4, 0, 8]) / 4
    assert np.log(found.upper) == pytest.approx(1.96 * relative / 2, rel=0.01)
    many = Sums(10**6, 10.0**6, 2 * 10.0**6)
    assert size_interval(many, usual) == pytest.approx(size_interval(many), rel=1e-4)
    assert size_interval(alike, sums([0.0, 0.0])) == (1, 1, 1)


def test_the_root_of_the_mean_square_has_the_roots_of_its_interval():
    """Errors of 3 and 4 minutes."""
    squares = sums([9.0, 16.0, 9.0, 16.0])
    found = root_mean_square_interval(squares)
    assert found.value == pytest.approx(sqrt(12.5))
    assert [end**2 for end in found] == pytest.approx(size_interval(squares))


def test_skill_is_one_less_the_ratio_of_errors_and_its_interval_the_linearised_ones():
    """Against the standard error of the residuals |e| − R |e naive|, scaled."""
    luck = np.random.default_rng(8)
    naive = luck.gamma(2, 3, 500)
    errors = naive * luck.uniform(0.1, 0.9, 500)
    found = skill_interval(sums(errors), sums(naive), sums(naive - errors))
    ratio = errors.sum() / naive.sum()
    error = np.std(errors - ratio * naive, ddof=1) / sqrt(500) / naive.mean()
    assert found.value == pytest.approx(1 - ratio)
    assert found.upper - found.lower == pytest.approx(2 * 1.96 * error, rel=0.01)


def test_perfect_answers_have_skill_one_and_a_perfect_fallback_leaves_none_to_tell():
    """No division by zero."""
    none, some = sums([0.0, 0.0, 0.0]), sums([1.0, 2.0, 3.0])
    assert skill_interval(none, some, some) == (1, 1, 1)
    assert skill_interval(some, none, sums([-1.0, -2.0, -3.0])) is None


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_interval_of_a_share_is_wilsons(count, rows):
    """As scipy gives it."""
    count = min(count, rows)
    theirs = stats.binomtest(count, rows).proportion_ci(method="wilson")
    assert share_interval(count, rows) == pytest.approx((count / rows, theirs.low, theirs.high), abs=1e-6)
    assert share_interval(count, rows, 4.0)[1:] == pytest.approx(share_interval(count / 4, rows / 4)[1:])


def test_the_interval_of_a_quantile_is_that_of_the_rows_order_statistics():
    """From fine bins, close to the ranks that the binomial distribution gives."""
    values = np.sort(np.random.default_rng(9).gamma(2, 2, 2_000))
    edges = np.linspace(0, 30, 601)
    counts = np.histogram(values, np.concatenate([[-inf], edges, [inf]]))[0]
    found = quantile_interval(0.9, edges, counts)
    ranks = stats.binom.ppf([0.025, 0.975], 2_000, 0.9).astype(int)
    assert found == pytest.approx((np.quantile(values, 0.9), *values[ranks]), abs=0.06)


@pytest.mark.parametrize("size", [60, 150, 1_000])
def test_the_ends_of_a_quantile_are_ranks_of_the_binomial_distribution(size):
    """To a row of rounding, as lopsided as it."""
    edges = np.linspace(0, 1, 1_001)
    counts = np.r_[0, np.full(1_000, size / 1_000), 0]
    found = quantile_interval(0.9, edges, counts)
    assert [found.lower * size, found.upper * size] == pytest.approx(stats.binom.ppf([0.025, 0.975], size, 0.9), abs=1)


def test_a_quantile_beyond_the_edges_is_at_least_the_edge():
    """And the interval open there."""
    found = quantile_interval(0.9, np.array([0.0, 1.0]), np.array([0, 10, 90]))
    assert found.value == 1
    assert isinf(found.upper)
    below = quantile_interval(0.1, np.array([0.0, 1.0]), np.array([90, 10, 0]))
    assert below.value == 0
    assert isinf(below.lower)


@given(st.lists(st.integers(0, 100), min_size=4, max_size=30).filter(any), st.floats(0.1, 10), st.floats(-5, 5))
def test_a_quantile_shifts_and_scales_with_its_edges(counts, scale, shift):
    """In minutes or seconds."""
    edges, held = np.arange(len(counts) - 1.0), np.array(counts)
    found, moved = (quantile_interval(0.9, values, held) for values in (edges, edges * scale + shift))
    assert found.lower <= found.value <= found.upper
    assert moved == pytest.approx([end * scale + shift for end in found])


def test_too_little_has_no_interval():
    """No row, or one."""
    assert mean_interval(Sums(0, 0.0, 0.0)) is None
    assert size_interval(Sums(1, 2.0, 4.0)) is None
    assert root_mean_square_interval(Sums(1, 2.0, 4.0)) is None
    assert skill_interval(*[Sums(1, 2.0, 4.0)] * 3) is None
    assert share_interval(0, 0) is None
    assert quantile_interval(0.9, np.array([0.0, 1.0]), np.zeros(3)) is None


def test_a_difference_of_symmetric_intervals_adds_the_squares_of_their_halves():
    """3 and 4 make 5."""
    found = difference_interval(Interval(10, 7, 13), Interval(4, 0, 8))
    assert found == pytest.approx((6, 1, 11))


def test_a_difference_keeps_what_is_lopsided():
    """The upper end takes now's upper half and the reference's lower one."""
    found = difference_interval(Interval(10, 9, 14), Interval(4, 1, 4))
    assert found == pytest.approx((6, 5, 11))
