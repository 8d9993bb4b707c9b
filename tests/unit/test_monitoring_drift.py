import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon
from scipy.stats import wasserstein_distance

from contracts.profile import DeclaredColumn
from monitoring.numeric.drift import jensen_shannon, psi, smoothed, total_variation, wasserstein
from monitoring.numeric.grouping import adjacent, merged, pooled
from monitoring.profiles.counting import profile_of
from monitoring.profiles.moments import deviation, distance, mean
from monitoring.profiles.spec import make_spec

COUNTS = st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 5_000)), min_size=2, max_size=30)
DECLARED = (DeclaredColumn(name="x", kind="numeric"),)


def arrays(pairs):
    """Give both sides of some bins."""
    return tuple(np.array(side) for side in zip(*pairs, strict=True))


@given(COUNTS.filter(lambda pairs: sum(now for now, _ in pairs) > 0))
def test_jensen_shannon_is_scipys(pairs):
    """On the same bins, base 2."""
    now, reference = arrays(pairs)
    assert jensen_shannon(now, reference) == pytest.approx(jensenshannon(now, reference, base=2), abs=1e-7)


@given(COUNTS)
def test_psi_is_the_formula_symmetric_and_without_regard_to_order(pairs):
    """Σ (p − q) ln(p / q)."""
    now, reference = arrays(pairs)
    p, q = smoothed(now), smoothed(reference)
    assert psi(now, reference).observed == pytest.approx(sum((p - q) * np.log(p / q)))
    assert psi(now, reference).observed == pytest.approx(psi(reference, now).observed)
    assert psi(now[::-1], reference[::-1]).lower == pytest.approx(psi(now, reference).lower)


def test_psi_and_jensen_shannon_are_evidentlys_on_the_same_bins():
    """Evidently's own scores of a label column with many rows in every bin; its Jensen-Shannon is in nats."""
    import pandas as pd  # noqa: PLC0415 - Evidently's import is slow and this test's alone
    from evidently.legacy.calculations.stattests.jensenshannon import (  # noqa: PLC0415 - the same
        jensenshannon_stat_test,
    )
    from evidently.legacy.calculations.stattests.psi import psi_stat_test  # noqa: PLC0415 - the same
    from evidently.legacy.core import ColumnType  # noqa: PLC0415 - the same

    now, reference = np.array([400, 300, 200, 100]), np.array([300, 300, 300, 100])
    sides = [pd.Series(np.repeat(list("abcd"), side), dtype=object) for side in (reference, now)]
    theirs = psi_stat_test.func(*sides, ColumnType.Categorical, 0.1)[0]
    assert psi(now, reference).observed == pytest.approx(theirs, rel=0.01)
    theirs = jensenshannon_stat_test.func(*sides, ColumnType.Categorical, 0.1)[0]
    assert jensen_shannon(now, reference) * np.sqrt(np.log(2)) == pytest.approx(theirs, rel=1e-6)


def test_total_variation_is_the_share_that_moved():
    """A tenth of the rows is in another bin."""
    assert total_variation(np.array([60, 40]), np.array([50, 50])) == pytest.approx(0.1)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30), st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30))
def test_wasserstein_is_scipys(now, reference):
    """On weighted numbers."""
    weights = np.arange(1.0, len(now) + 1), np.ones(len(reference))
    ours = wasserstein(np.array(now), weights[0], np.array(reference), weights[1])
    assert ours == pytest.approx(wasserstein_distance(now, reference, *weights), abs=1e-6)


@pytest.mark.parametrize(("shift", "scale"), [(0.0, 1.0), (0.3, 1.0), (0.0, 1.6), (-2.0, 0.5), (40.0, 1.0)])
def test_wasserstein_of_profiles_is_near_that_of_the_rows(shift, scale):
    """In reference standard deviations, within two hundredths of them or one in a hundred."""
    luck = np.random.default_rng(3)
    reference, now = luck.gamma(2, 3, 20_000), luck.gamma(2, 3, 8_000) * scale + shift
    spec = make_spec(DECLARED, {"x": reference})
    known, counts = (profile_of(spec, {"x": rows}).column("x") for rows in (reference, now))
    exact = wasserstein_distance(now, reference) / reference.std()
    assert distance(counts, known) == pytest.approx(exact, abs=0.02, rel=0.01)
    assert mean(counts) == pytest.approx(now.mean(), abs=1e-6)
    assert deviation(known) == pytest.approx(reference.std(), rel=1e-5)


@pytest.mark.parametrize(("n", "bins"), [(300, 10), (2_000, 20), (20_000, 100)])
def test_without_drift_corrected_psi_is_zero_on_average_and_its_lower_bound_holds(n, bins):
    """Two samples of one distribution, 600 times: no bias, and the bound exceeds zero in one of twenty."""
    luck = np.random.default_rng(11)
    shares = luck.dirichlet(np.full(bins, 8.0))
    found = [psi(luck.multinomial(n, shares), luck.multinomial(20_000, shares)) for _ in range(600)]
    corrected = np.array([index.corrected for index in found])
    assert abs(corrected.mean()) < 3 * corrected.std() / np.sqrt(600) + 0.03 * bins / n
    assert 0.02 < np.mean([index.lower > 0 for index in found]) < 0.09


def test_the_lower_bound_of_psi_holds_where_there_is_drift():
    """At a true PSI of 0.14 it lies below the truth in 19 of 20 samples."""
    luck = np.random.default_rng(12)
    p, q = np.array([0.2, 0.2, 0.2, 0.25, 0.15]), np.array([0.3, 0.25, 0.2, 0.15, 0.1])
    truth = float(np.sum((p - q) * np.log(p / q)))
    found = [psi(luck.multinomial(1_000, p), luck.multinomial(20_000, q)) for _ in range(600)]
    assert np.mean([index.corrected for index in found]) == pytest.approx(truth, rel=0.03)
    assert 0.92 < np.mean([index.lower < truth for index in found]) < 0.98


@given(st.lists(st.integers(0, 200), min_size=1, max_size=40), st.integers(1, 300))
def test_merged_bins_hold_enough_and_lose_nothing(counts, least):
    """Unless all of them together hold less."""
    reference = np.array(counts)
    for groups in (adjacent(reference, least), pooled(reference, least)):
        held = merged(reference, groups)
        assert held.sum() == reference.sum()
        assert len(held) == 1 or held.min() >= least
        assert set(groups.tolist()) == set(range(len(held)))


def test_only_neighbours_are_merged_where_there_is_an_order():
    """Small bins join the next; a small last one joins the one before."""
    assert adjacent(np.array([30, 30, 100, 10, 50, 20]), 50).tolist() == [0, 0, 1, 2, 2, 2]
    assert pooled(np.array([30, 100, 30, 60]), 50).tolist() == [0, 1, 0, 2]
