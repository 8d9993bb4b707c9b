import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.profiles.outcomes import Said, outcomes_of

JUDGED = (1.0, 60.0)
MINUTES = st.floats(0, 200)
ROWS = st.lists(st.tuples(MINUTES, MINUTES, MINUTES, MINUTES), min_size=1, max_size=30)


@given(ROWS)
def test_every_outcome_is_what_numpy_says_by_hand(rows):
    """Of the rows whose actual is judged; of the others there is none."""
    prediction, actual, naive, estimated = np.array(rows).T
    found = outcomes_of(Said(prediction, actual, naive, estimated), JUDGED)
    expected = {
        "error": prediction - actual,
        "absolute_error": np.abs(prediction - actual),
        "squared_error": (prediction - actual) ** 2,
        "relative_error": np.abs(prediction - actual) / np.maximum(actual, 1e-300),
        "naive_error": np.abs(naive - actual),
        "gain": np.abs(naive - actual) - np.abs(prediction - actual),
        "foreseen": estimated,
        "unforeseen": np.abs(prediction - actual) - estimated,
    }
    held = (actual >= 1) & (actual <= 60)
    for role, values in expected.items():
        assert found[role][held] == pytest.approx(values[held])
        assert np.isnan(found[role][~held]).all()
    assert np.array_equal(found["estimated_error"], estimated)
    assert set(found) == {*expected, "estimated_error"}


def test_what_was_not_said_leaves_out_what_needs_it_and_no_more():
    """No naive answer, no estimate, no prediction, no actual; or something else than a number."""
    found = outcomes_of(
        Said([10, 10, None, 10, "x"], [8.0, 8.0, 8.0, None, 8.0], [9, None, 9, 9, 9], [1.5, 1.5, 1.5, 1.5, None]),
        JUDGED,
    )
    known = {role: np.flatnonzero(~np.isnan(values)).tolist() for role, values in found.items()}
    assert known["error"] == known["absolute_error"] == known["squared_error"] == known["relative_error"] == [0, 1]
    assert known["naive_error"] == [0, 2, 4]
    assert known["gain"] == [0]
    assert known["foreseen"] == known["unforeseen"] == [0, 1]
    assert known["estimated_error"] == [0, 1, 2, 3]


def test_the_judged_durations_hold_both_ends():
    """Of one minute and of sixty."""
    found = outcomes_of(Said([5.0] * 4, [0.99, 1.0, 60.0, 60.01], [5.0] * 4, [1.0] * 4), JUDGED)
    assert np.isnan(found["error"]).tolist() == [True, False, False, True]
