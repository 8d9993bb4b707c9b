import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monitoring.window.volume import volume_of

WEEKS = arrays(np.int64, st.tuples(st.integers(2, 6), st.integers(1, 24)), elements=st.integers(0, 500))


def test_an_hour_without_rows_is_silent_where_earlier_weeks_had_five():
    """Four an hour is too few to wonder."""
    earlier = np.array([[4, 6, 5, 9], [4, 4, 5, 0]])
    assert volume_of(np.array([0, 0, 1, 0]), earlier).silent == (1,)


def test_half_of_the_rows_of_even_weeks_is_unusual():
    """And as many as ever is usual."""
    earlier = np.full((4, 24), 100) + np.array([[1], [-1], [2], [-2]])
    assert volume_of(np.full(24, 100), earlier).usual
    assert not volume_of(np.full(24, 50), earlier).usual
    assert not volume_of(np.full(24, 150), earlier).usual


def test_weeks_that_differ_allow_for_more():
    """The same rows beside even and uneven weeks."""
    now = np.full(24, 80)
    assert not volume_of(now, np.full((4, 24), 100)).usual
    assert volume_of(now, np.array([[70] * 24, [130] * 24, [90] * 24, [110] * 24])).usual


@given(WEEKS)
def test_the_mean_of_earlier_weeks_is_always_usual(earlier):
    """It is what is expected."""
    found = volume_of(earlier[0], earlier)
    assert 0 <= found.expected.lower <= found.expected.value <= found.expected.upper
    assert found.expected.value == pytest.approx(earlier.sum(axis=1).mean())


@given(WEEKS, st.randoms(use_true_random=False))
def test_neither_the_order_of_weeks_nor_that_of_hours_matters(earlier, luck):
    """For the total."""
    weeks, hours = (luck.sample(range(size), size) for size in earlier.shape)
    shuffled = earlier[weeks][:, hours]
    assert volume_of(shuffled[0], shuffled).expected == pytest.approx(volume_of(earlier[0], earlier).expected)


@pytest.mark.parametrize("weeks", [0, 1])
def test_fewer_than_two_weeks_tell_nothing(weeks):
    """No interval, no verdict, no silent hour."""
    found = volume_of(np.zeros(24, dtype=np.int64), np.full((weeks, 24), 100))
    assert found == (0, None, ())
    assert found.usual is None


@pytest.mark.parametrize("weeks", [2, 4, 8])
def test_weeks_that_vary_alike_are_unusual_once_in_twenty(weeks):
    """Poisson counts about a week's own level: 2,000 times, within two points."""
    luck = np.random.default_rng(13)
    levels = luck.gamma(100, 1 / 100, (2_000, weeks + 1, 1))
    counts = luck.poisson(levels * luck.uniform(5, 200, (2_000, 1, 24)))
    held = [volume_of(found[0], found[1:]).usual for found in counts]
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)
