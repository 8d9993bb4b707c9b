import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import wasserstein_distance

from monitoring.window.effect import effect_of

BINS = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 500), st.floats(-100, 100)), min_size=1, max_size=20
).filter(lambda bins: sum(b[0] for b in bins) and sum(b[1] for b in bins))


def columns(bins):
    """Give counts now, counts of the reference and means."""
    return tuple(np.array(side) for side in zip(*bins, strict=True))


def test_the_shift_is_that_of_the_mean_prediction():
    """Half of the rides moves from 10-minute to 20-minute zones."""
    found = effect_of(np.array([0, 100]), np.array([50, 50]), np.array([10.0, 20.0]))
    assert found == pytest.approx((5, 5))


def test_movements_up_and_down_cancel_in_the_shift_alone():
    """From the middle to both ends."""
    found = effect_of(np.array([50, 0, 50]), np.array([0, 100, 0]), np.array([np.nan, 15.0, np.nan]))
    assert found == pytest.approx((0, 0))
    found = effect_of(np.array([45, 10, 45]), np.array([5, 90, 5]), np.array([10.0, 15.0, 20.0]))
    assert found == pytest.approx((0, 4))


@given(BINS)
def test_the_movement_is_scipys_distance_and_never_below_the_shift(bins):
    """Of the means, weighted by each side; where the reference holds nothing its mean is taken."""
    now, reference, means = columns(bins)
    overall = np.average(means, weights=reference)
    held = np.where(reference > 0, means, overall)
    found = effect_of(now, reference, means)
    assert found.movement == pytest.approx(wasserstein_distance(held, held, now, reference), abs=1e-6)
    assert found.movement >= abs(found.shift) - 1e-9


@given(BINS, st.floats(-50, 50), st.floats(0.1, 10))
def test_both_scale_with_the_means_and_do_not_mind_a_constant(bins, constant, scale):
    """Minutes or seconds, with or without a fixed part."""
    now, reference, means = columns(bins)
    found, changed = (effect_of(now, reference, values) for values in (means, means * scale + constant))
    assert changed == pytest.approx((found.shift * scale, found.movement * scale), abs=1e-6)


@given(BINS, st.randoms(use_true_random=False))
def test_neither_depends_on_the_order_of_bins(bins, luck):
    """Zones have none."""
    shuffled = luck.sample(bins, len(bins))
    assert effect_of(*columns(shuffled)) == pytest.approx(effect_of(*columns(bins)), abs=1e-9)


def test_of_nothing_there_is_no_effect_to_tell():
    """Either side."""
    some, none, means = np.array([1, 1]), np.array([0, 0]), np.array([1.0, 2.0])
    assert effect_of(none, some, means) is None
    assert effect_of(some, none, means) is None
    assert effect_of(some, some, np.full(2, np.nan)) == (0, 0)
