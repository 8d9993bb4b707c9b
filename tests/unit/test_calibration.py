import numpy as np
import pytest

from benchmarks.calibrating import columns, errors, joint, volumes

SIMULATIONS = 100
FOUR_ERRORS = 4 * np.sqrt(0.05 * 0.95 / SIMULATIONS)


@pytest.mark.parametrize("clustered", [False, True])
def test_every_interval_holds_the_truth_in_about_19_of_20_samples(monkeypatch, clustered):
    """Of 300 rows on one day, and of 1,050 on seven."""
    monkeypatch.setattr(errors, "TRUTH_DAYS", 2_000)
    windows = [(300, 1), (1_050, 7)]
    found = list(errors.coverage(np.random.default_rng(1), windows, SIMULATIONS, clustered=clustered))
    assert [(rows, days) for rows, days, _ in found] == windows
    for _, _, held in found:
        assert held == pytest.approx(dict.fromkeys(held, 0.95), abs=FOUR_ERRORS)


@pytest.mark.parametrize("days", ["alike", "varied", "swinging"])
def test_at_the_bound_one_column_in_twenty_is_flagged_and_without_drift_none(days):
    """500 columns; the plain rule flags many of 200 rows without drift."""
    ((_, _, few), (_, _, flagged)) = columns.flags(np.random.default_rng(2), [(200, 1), (1_050, 7)], 50, days)
    assert flagged["at the bound"] == pytest.approx(0.05, abs=0.03)
    assert flagged["any of ten at the bound"] <= 0.18
    assert flagged["no drift"] <= 0.01
    assert few["no drift"] <= 0.01
    assert few["no drift, PSI > 0.1"] > 0.2


def test_without_drift_the_classifiers_interval_holds_one_half():
    """In about 19 of 20 samples of a week whose days swing; the bound is not exceeded."""
    ((_, _, found),) = joint.areas(np.random.default_rng(3), [(420, 7)], SIMULATIONS, "swinging")
    assert found["holds 0.5"] == pytest.approx(0.95, abs=FOUR_ERRORS)
    assert found["above the bound"] <= 0.01


def test_a_week_like_the_others_is_usual():
    """In 19 of 20 or more."""
    for _, found in volumes.usual(np.random.default_rng(4), 500):
        assert min(found.values()) > 0.91
