import numpy as np
import pytest
from scipy.stats import binomtest

from monitoring.window.quality import checks_of, constant_columns, counted_checks, share_of
from tests.watched import CHECKS, compared, fitted, rows, weeks

REFERENCE = fitted()


def window(count=1_000, columns=None, **verdicts):
    """Hold rows against the reference, with the verdicts of some checks; the others cannot be told."""
    hours = weeks(count, number=2, seed=3)
    masks = {name: np.asarray(told, dtype=np.int8) for name, told in verdicts.items()}
    return compared(REFERENCE, columns or rows(count, 3, hours), hours, masks)


def test_a_check_counts_what_is_broken_of_what_can_be_told():
    """Beside the reference's share at the same hours; flags and fallbacks are not among the checks."""
    told = np.repeat([1, 0, -1], [100, 700, 200])
    found = {check.name: check for check in checks_of(window(no_size=told, odd=np.ones(1_000)))}
    assert list(found) == ["no_size", "too_long"]
    check = found["no_size"]
    assert (check.status, check.broken, check.rows, check.meaning) == ("ok", 100, 800, CHECKS[0].meaning)
    assert check.share.value == 100 / 800
    assert check.share.low < 100 / 800 < check.share.high
    assert check.share.reference == pytest.approx(1 / 9, abs=0.01)


def test_what_cannot_be_told_of_enough_rows_has_no_share():
    """The counts stand."""
    few = checks_of(window(no_size=np.repeat([1, -1], [19, 981])))[0]
    assert (few.status, few.broken, few.rows, few.share) == ("too_few", 19, 19, None)
    none = checks_of(window())[1]
    assert (none.status, none.broken, none.rows, none.share) == ("too_few", 0, 0, None)
    enough = checks_of(window(no_size=np.repeat([1, -1], [20, 980])))[0]
    assert (enough.status, enough.share.value) == ("ok", 1.0)


def test_flags_and_fallbacks_are_counted_by_name():
    """Those that occur."""
    comparison = window(odd=np.repeat([1, 0], [30, 970]), fallback=np.zeros(1_000))
    assert counted_checks(comparison, "flag") == {"odd": 30}
    assert counted_checks(comparison, "fallback") == {}


def test_constant_columns_are_named():
    """Outcomes are not columns of the data."""
    hours = weeks(1_000, number=2, seed=3)
    columns = rows(1_000, 3, hours, size=np.full(1_000, 3.3), kind=["b"] * 1_000, guess=np.full(1_000, 9.0))
    assert constant_columns(window(columns=columns)) == ("size", "kind")
    assert constant_columns(window()) == ()


@pytest.mark.parametrize(("count", "rows_"), [(0, 20), (3, 50), (40, 50), (50, 50)])
def test_a_share_has_wilsons_interval(count, rows_):
    """As scipy gives it."""
    found = share_of(count, rows_, reference=0.1)
    theirs = binomtest(count, rows_).proportion_ci(method="wilson")
    assert (found.value, found.reference) == (count / rows_, 0.1)
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-6)
