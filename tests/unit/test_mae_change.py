import numpy as np
import pytest

from monitoring.window.mae_change import account_of, change_of, hindsight

DAYS = 30


def rows(seed, harder=1.0, lean=0.0, factor=1.0, size=3_000):
    """Give estimated |error|, errors and days: rows so much harder, answers leaning, errors larger than estimated."""
    luck = np.random.default_rng(seed)
    scale = luck.gamma(4, 0.25 * 2.8, size) * harder
    days = luck.integers(0, DAYS, size)
    errors = luck.laplace(0, scale * factor) + lean + luck.normal(0, 0.31, DAYS)[days]
    return scale, errors, days


def accounts(now, then=None):
    """Take account of both windows."""
    return [account_of(*part, 0.005) for part in (now, then or rows(99))]


def test_both_parts_sum_to_the_change():
    """To the last digit, whatever happened."""
    now, then = accounts(rows(1, harder=1.3, lean=2, factor=1.2))
    change = change_of(now, then)
    assert change.covariate.value + change.concept.value == pytest.approx(change.total.value)
    assert change.total.value == pytest.approx(now.mae.value - then.mae.value)


def test_harder_rows_are_the_covariates_doing():
    """Long trips have larger errors, as the error model knows."""
    change = change_of(*accounts(rows(2, harder=1.6)))
    assert (change.cause, change.side) == ("covariate", "either")
    assert change.covariate.value > 0.75 * change.total.value


@pytest.mark.parametrize(("lean", "side"), [(4, "long"), (-4, "short")])
def test_a_changed_world_is_the_concepts_doing_and_has_a_side(lean, side):
    """The same rows are answered too long, or too short."""
    change = change_of(*accounts(rows(3, lean=lean)))
    assert (change.cause, change.side) == ("concept", side)
    assert change.concept.value > 0.75 * change.total.value


def test_both_can_be_the_cause():
    """Harder rows, and each answered worse."""
    assert change_of(*accounts(rows(4, harder=1.4, factor=1.3))).cause == "both"


def test_nothing_has_a_cause_when_nothing_happened():
    """500 pairs of like windows: hardly ever is something named."""
    named = [change_of(*accounts(rows(seed), rows(seed + 1_000))).cause != "neither" for seed in range(200)]
    assert np.mean(named) <= 0.03


def test_the_intervals_hold_the_truth():
    """Of 400 pairs of windows in 95 of 100, or more where days do not differ as much as they may."""
    found = [change_of(*accounts(rows(seed), rows(seed + 1_000))) for seed in range(400)]
    for part in ("covariate", "concept", "total", "lean"):
        held = np.mean([getattr(change, part).low < 0 < getattr(change, part).high for change in found])
        assert held >= 0.93
        assert part != "lean" or held <= 0.97


def test_hindsight_says_how_good_the_estimate_was():
    """Rows twice as hard: foreseen, where `as before` misses a half; a changed world: not foreseen."""
    good = hindsight(*accounts(rows(5, harder=2.0)))
    assert abs(good.miss) < 0.1
    assert good.constant_miss == pytest.approx(-0.5, abs=0.06)
    assert good.within
    bad = hindsight(*accounts(rows(6, lean=5)))
    assert bad.miss < -0.25
    assert not bad.within
