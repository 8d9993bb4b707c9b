import numpy as np
import pytest

from monitoring.numeric.clustered import History, Sample, clustered_psi
from monitoring.numeric.drift import psi
from monitoring.numeric.grouping import merged

BINS, ROWS = 12, 300
ALL = np.arange(BINS)


def history_of(luck, days=70, correlation=0.0):
    """Draw days, alike in themselves, of one kind."""
    shares = luck.dirichlet(np.full(BINS, 10.0))
    own = luck.dirichlet(shares * (1 / correlation - 1), days) if correlation else np.tile(shares, (days, 1))
    counts = np.array([luck.multinomial(ROWS, share) for share in own])
    return History(counts, np.tile(counts.sum(axis=0) / days, (days, 1)))


def sample(counts, days):
    """Count the rows of some days."""
    return Sample(counts, float(counts.sum()), days)


def test_of_days_that_are_no_more_alike_than_rows_it_is_plain_psi():
    """A history that never varies."""
    usual = np.full((70, BINS), 25)
    history = History(usual, usual * 1.0)
    now, reference = np.arange(10, 10 + BINS) * 40, usual.sum(axis=0)
    found = clustered_psi(sample(now, 3), sample(reference, 70), history, ALL)
    assert found == pytest.approx(psi(now, reference))


def test_the_same_rows_of_fewer_days_show_less():
    """One day has weather of its own, thirty have many."""
    luck = np.random.default_rng(21)
    history = history_of(luck, correlation=0.02)
    reference = history.days.sum(axis=0)
    now = np.round(reference * luck.dirichlet(np.full(BINS, 2.0)) * BINS / 3).astype(np.int64)
    lower = [clustered_psi(sample(now, days), sample(reference, 70), history, ALL).lower for days in (1, 7, 30)]
    assert lower == sorted(lower)
    assert lower[0] < lower[2] < psi(now, reference).lower


def test_drift_along_the_days_own_direction_shows_less_than_across_it():
    """Days move rows between the first two bins; so does the one drift, the other between two more."""
    luck = np.random.default_rng(22)
    swing = luck.permutation(np.tile(np.arange(-17, 18), 2))
    days = np.full((70, BINS), 25)
    days[:, 0] += swing
    days[:, 1] -= swing
    reference = days.sum(axis=0)
    history = History(days, np.tile(reference / 70, (70, 1)))
    along, across = np.full(BINS, 300), np.full(BINS, 300)
    along[[0, 1]] = across[[5, 6]] = (500, 100)
    found = [clustered_psi(sample(now, 1), sample(reference, 70), history, ALL) for now in (along, across)]
    assert found[0].observed == pytest.approx(found[1].observed, rel=0.05)
    assert found[0].lower < found[1].lower


def test_bins_are_merged_on_all_sides_before_anything_is_measured():
    """Merged beforehand or by the way, the same."""
    luck = np.random.default_rng(23)
    history, groups = history_of(luck, correlation=0.01), np.repeat(np.arange(BINS // 2), 2)
    reference = history.days.sum(axis=0)
    now = luck.multinomial(1_000, luck.dirichlet(np.full(BINS, 10.0)))
    before = [sample(merged(counts, groups), days) for counts, days in ((now, 4), (reference, 70))]
    found = clustered_psi(*before, history.merged(groups), np.arange(BINS // 2))
    assert clustered_psi(sample(now, 4), sample(reference, 70), history, groups) == pytest.approx(found)
