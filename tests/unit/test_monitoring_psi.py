import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.profile import CategoricalColumn, NumericColumn
from monitoring.numeric.drift import DRIFT_BOUND, jensen_shannon, psi, shares, smoothed, total_variation, wasserstein
from monitoring.numeric.grouping import merged, scoring_groups

BINS = st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 3_000)), min_size=2, max_size=25)
ROWS = st.floats(20, 1e6)
LABELS = CategoricalColumn(name="x", categories=tuple("abcdefghij"))


def sides(pairs):
    """Give both sides of some bins."""
    return tuple(np.array(side) for side in zip(*pairs, strict=True))


@given(BINS, ROWS, ROWS, st.floats(0, 1))
def test_the_lower_bound_exceeds_a_bound_exactly_where_the_p_value_is_below_a_twentieth(pairs, n, m, bound):
    """They are one test."""
    found = psi(*sides(pairs), n, m, bound)
    assert 0 <= found.lower <= max(found.observed, 0)
    assert 0 <= found.p_value <= 1
    if abs(found.lower - bound) > 1e-9:
        assert (found.lower > bound) == (found.p_value < 0.05)


@given(BINS, ROWS, ROWS)
def test_the_p_value_grows_with_the_bound(pairs, n, m):
    """The more drift is allowed, the less surprising is what was observed."""
    found = [psi(*sides(pairs), n, m, bound).p_value for bound in (0, 0.05, 0.1, 0.5, 2)]
    assert found == pytest.approx(sorted(found), abs=1e-6)


@given(BINS, st.randoms(use_true_random=False))
def test_psi_does_not_depend_on_the_order_of_bins(pairs, luck):
    """All four numbers."""
    shuffled = luck.sample(pairs, len(pairs))
    assert psi(*sides(shuffled)) == pytest.approx(psi(*sides(pairs)))


@given(BINS, st.floats(1e-3, 1e3), ROWS, ROWS)
def test_with_effective_rows_only_the_shares_count(pairs, scale, n, m):
    """A reference that was reweighted has no scale of its own."""
    now, reference = sides(pairs)
    scaled = psi(now * scale, reference / scale, n, m)
    assert scaled == pytest.approx(psi(now, reference, n, m), rel=1e-6, abs=1e-9)


@given(BINS)
def test_fewer_effective_rows_show_less(pairs):
    """The same shares, of a tenth of the rows on both sides."""
    now, reference = sides(pairs)
    assert psi(now, reference, 100, 2_000).lower <= psi(now, reference, 1_000, 20_000).lower + 1e-9


@pytest.mark.parametrize(
    ("now", "reference"), [([0, 0, 0], [0, 0, 0]), ([0, 0], [50, 50]), ([1, 0], [500, 500]), ([40], [40]), ([], [])]
)
def test_of_nothing_a_single_row_or_a_single_bin_nothing_is_shown(now, reference):
    """The bound is not exceeded, and no number is odd."""
    found = psi(np.array(now), np.array(reference))
    assert found.lower == 0
    assert found.p_value > 0.05
    assert np.isfinite(found).all()


def test_all_in_one_bin_that_held_little_is_drift():
    """200 rows where one in a hundred belongs."""
    assert psi(np.array([0, 200]), np.array([9_900, 100])).lower > 1


@pytest.mark.parametrize("n", [300, 20_000])
@pytest.mark.parametrize("bins", [5, 20])
def test_at_the_bound_one_sample_in_twenty_is_flagged(n, bins):
    """2,000 samples whose true PSI is the bound; 1 in 20 within four standard errors of that many."""
    luck = np.random.default_rng(4)
    reference = luck.dirichlet(np.full(bins, 20.0))
    now = _at_the_bound(reference, luck.normal(size=bins))
    found = [psi(luck.multinomial(n, now), luck.multinomial(20_000, reference)).p_value for _ in range(2_000)]
    assert np.mean(np.array(found) < 0.05) == pytest.approx(0.05, abs=0.02)


def _at_the_bound(reference, direction):
    """Tilt shares in a direction until their PSI is the bound."""
    tilts = np.linspace(0, 2, 4_001)
    shifted = reference * np.exp(np.outer(tilts, direction))
    shifted /= shifted.sum(axis=1, keepdims=True)
    found = np.sum((shifted - reference) * np.log(shifted / reference), axis=1)
    return shifted[np.argmin(np.abs(found - DRIFT_BOUND))]


@given(BINS.filter(lambda pairs: all(map(sum, zip(*pairs, strict=True)))), st.floats(1e-3, 1e3))
def test_the_other_scores_take_fractions_and_know_no_scale(pairs, scale):
    """Jensen-Shannon and total variation."""
    now, reference = sides(pairs)
    for score in (jensen_shannon, total_variation):
        assert score(now, reference * scale) == pytest.approx(score(now, reference), abs=1e-7)


def test_wasserstein_shifts_and_scales_with_its_numbers():
    """By two, and threefold."""
    places, weights = np.array([1.0, 2.0, 4.0]), np.array([0.5, 1.5, 2.0])
    other = np.array([0.3, 0.1, 0.1])
    assert wasserstein(places + 2, weights, places, weights) == pytest.approx(2)
    apart = wasserstein(places, weights, places, other)
    assert wasserstein(3 * places, weights, 3 * places, other) == pytest.approx(3 * apart)


def test_shares_of_nothing_are_zero_and_smoothed_ones_even():
    """No division by zero."""
    assert shares(np.zeros(4)).tolist() == [0, 0, 0, 0]
    assert smoothed(np.zeros(4)).tolist() == [0.25] * 4


def test_groups_are_made_for_the_effective_rows():
    """A hundred rows worth ten: half of them are needed in a bin; a reference worth a hundred needs half of it too."""
    now, reference = np.full(10, 10), np.full(10, 1_000.0)
    assert scoring_groups(LABELS, now, reference).max() == 9
    assert merged(reference, scoring_groups(LABELS, now, reference, now_rows=10)).min() >= 5_000
    assert merged(reference, scoring_groups(LABELS, now, reference, reference_rows=100)).min() >= 5_000


def test_numbers_are_grouped_with_their_neighbours():
    """Of a reweighted reference with fractions of rows."""
    column = NumericColumn(name="x", edges=(0.0, 1.0, 2.0))
    assert scoring_groups(column, np.full(4, 100), np.array([40.5, 20.2, 300.1, 500.0])).tolist() == [0, 0, 1, 2]


def test_merged_whole_numbers_stay_whole():
    """And fractions stay fractions."""
    groups = np.array([0, 1, 0])
    assert merged(np.array([1, 2, 3]), groups).dtype.kind == "i"
    assert merged(np.array([0.5, 2, 3]), groups).tolist() == [3.5, 2.0]
