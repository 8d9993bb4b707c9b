"""What plain setups say: their scores are scipy's and the textbook's, their alarms begin once."""

from datetime import date

import numpy as np
import pytest
from scipy import stats

from ridewatch.backtest.defaults import drifted_days
from ridewatch.backtest.plain import Day, Flag, flagged_days, flags, is_beyond_psi, is_significant

RNG = np.random.default_rng(0)
KNOWN = RNG.normal(0, 1, 5_000)


@pytest.mark.parametrize(("shift", "beyond"), [(0.0, False), (0.3, False), (0.6, True)])
def test_psi_of_a_shifted_normal_is_the_square_of_the_shift(shift, beyond):
    """The population's is shift²: 0.09 and 0.36 about the bound of 0.2."""
    assert is_beyond_psi("distance", RNG.normal(shift, 1, 5_000), KNOWN) is beyond


def test_psi_of_labels_counts_unseen_ones():
    """A label that the reference never held is a bin of its own."""
    known = np.repeat([1.0, 2.0], 500)
    assert not is_beyond_psi("vendor", known, known)
    assert is_beyond_psi("vendor", np.repeat([1.0, 2.0, 9.0], [400, 400, 200]), known)


@pytest.mark.parametrize("shift", [0.0, 0.05, 0.2])
def test_numbers_are_tested_by_kolmogorov_and_smirnov(shift):
    """As scipy has it, missing values apart."""
    now = RNG.normal(shift, 1, 400)
    expected = stats.ks_2samp(now, KNOWN).pvalue < 0.05
    assert is_significant("distance", np.append(now, np.nan), KNOWN) is bool(expected)


def test_labels_are_tested_by_chi_square():
    """As scipy has it."""
    known, now = np.repeat([1.0, 2.0], [500, 500]), np.repeat([1.0, 2.0], [70, 30])
    assert stats.chi2_contingency([[70, 30], [500, 500]]).pvalue < 0.05
    assert is_significant("vendor", now, known)
    assert not is_significant("vendor", np.repeat([1.0, 2.0], 50), known)


def test_nothing_is_said_of_nothing():
    """No value on one side: no test."""
    assert not is_significant("distance", np.full(60, np.nan), KNOWN)


def test_an_alarm_is_raised_when_a_column_begins_to_be_flagged():
    """Every day that it goes on is flagged, and no news."""

    def day(number, rows):
        return Day(date(2019, 3, number), {"distance": rows})

    moved, usual, few = RNG.normal(3, 1, 100), KNOWN[:100], RNG.normal(3, 1, 10)
    days = [day(1, usual), day(2, moved), day(3, moved), day(4, few), day(5, usual), day(6, moved)]
    found = flags("fixed_psi", flagged_days(days, {"distance": KNOWN}, is_beyond_psi))
    assert found == [Flag("fixed_psi", "distance", date(2019, 3, n), n != 3) for n in (2, 3, 6)]


def test_evidentlys_preset_flags_what_moved_and_bears_an_empty_column():
    """Which would end its whole report."""
    known = {"distance": KNOWN, "passengers": KNOWN, "vendor": np.repeat([1.0, 2.0], 2_500)}
    rows = {"distance": RNG.normal(1, 1, 200), "passengers": np.full(200, np.nan), "vendor": np.repeat([1.0, 2.0], 100)}
    few = {name: values[:10] for name, values in rows.items()}
    found = list(drifted_days([Day(date(2019, 3, 1), rows), Day(date(2019, 3, 2), few)], known))
    assert [(day.day.day, flagged) for day, flagged in found] == [(1, {"distance"})]
