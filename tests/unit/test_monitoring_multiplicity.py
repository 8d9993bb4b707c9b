import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from monitoring.numeric.multiplicity import benjamini_hochberg, benjamini_yekutieli

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(P_VALUES)
def test_adjusted_p_values_are_scipys(p_values):
    """In the order in which they were given."""
    assert benjamini_yekutieli(p_values) == pytest.approx(false_discovery_control(p_values, method="by"))
    assert benjamini_hochberg(p_values) == pytest.approx(false_discovery_control(p_values, method="bh"))


@given(P_VALUES, st.randoms(use_true_random=False))
def test_each_test_keeps_its_own_p_value_whatever_the_order(p_values, luck):
    """Permuted before or after, the same."""
    order = luck.sample(range(len(p_values)), len(p_values))
    assert benjamini_yekutieli(np.array(p_values)[order]) == pytest.approx(benjamini_yekutieli(p_values)[order])


def test_one_test_alone_is_not_adjusted_and_none_is_none():
    """There is nothing to correct for."""
    assert benjamini_yekutieli([0.03]).tolist() == [0.03]
    assert benjamini_yekutieli([]).tolist() == []
