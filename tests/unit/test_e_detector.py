import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.watch.betting import SHARES, against_at_least, against_at_most
from monitoring.watch.cusum import Cusum, climbed
from monitoring.watch.e_detector import advanced, evidence
from monitoring.watch.false_alarms import e_bh, e_value_of_z, page_threshold, ticket_level

STREAMS, BLOCKS, LEAST_RUN = 1_000, 400, 200
BOUND = 2.5


def heavy_tailed(luck):
    """Independent blocks whose expectation is just what is tolerated."""
    return luck.exponential(BOUND, (STREAMS, BLOCKS))


def all_or_nothing(luck):
    """Blocks whose rows are copies of one another: nothing, or ten times the bound."""
    return BOUND * 10 * (luck.random((STREAMS, BLOCKS)) < 0.1)


def restless(luck):
    """Blocks that vary wildly after one that was large: only their expectation given the past is bounded."""
    found, wild = np.empty((STREAMS, BLOCKS)), np.zeros(STREAMS, dtype=bool)
    for block in range(BLOCKS):
        shape = np.where(wild, 0.1, 10.0)
        found[:, block] = luck.gamma(shape) * BOUND / shape
        wild = found[:, block] > BOUND
    return found


def alarms(e_values, threshold):
    """Count how often streams of e-values, of shape (streams, blocks, bets), reach the threshold, starting anew."""
    wealth, count = np.zeros((e_values.shape[0], e_values.shape[2])), 0
    for block in range(e_values.shape[1]):
        wealth = advanced(wealth, e_values[:, block])
        over = wealth.mean(axis=1) >= threshold
        count += int(over.sum())
        wealth[over] = 0
    return count


@pytest.mark.parametrize("quiet", [heavy_tailed, all_or_nothing, restless])
def test_a_thousand_quiet_streams_raise_no_more_false_alarms_than_stated(quiet):
    """At the very edge of what is tolerated: at most one in 200 blocks; and near enough to that to be of use."""
    means = quiet(np.random.default_rng(5))
    assert means.mean() == pytest.approx(BOUND, rel=0.03)
    rate = alarms(against_at_most(BOUND, means[..., None]), LEAST_RUN) / (STREAMS * BLOCKS)
    assert 0.05 / LEAST_RUN < rate <= 1.02 / LEAST_RUN


def test_a_thousand_bad_streams_are_called_good_no_more_often_than_stated():
    """The other way round: losses of at most 28 whose expectation is just what is tolerated."""
    luck = np.random.default_rng(6)
    means = 28 * luck.beta(1, 28 / BOUND - 1, (STREAMS, BLOCKS))
    assert alarms(against_at_least(BOUND, 28, means[..., None]), LEAST_RUN) / (STREAMS * BLOCKS) <= 1 / LEAST_RUN


def test_a_mean_below_the_bound_raises_nothing_and_one_above_is_found_soon():
    """At 0.8 and at 1.6 of the bound."""
    luck = np.random.default_rng(7)
    means = luck.gamma(4, BOUND / 4, (STREAMS, 100))[..., None]
    assert alarms(against_at_most(BOUND, 0.8 * means), 10_000) == 0
    assert alarms(against_at_most(BOUND, 1.6 * means), 10_000) > STREAMS


@given(st.floats(0, 1e4), st.floats(0.01, 100))
def test_a_bet_is_never_negative_and_fair_at_the_bound(mean, bound):
    """E-values of all shares."""
    assert (against_at_most(bound, mean) >= 0).all()
    assert against_at_most(bound, bound) == pytest.approx([1] * len(SHARES))
    assert against_at_least(bound, 2 * bound, bound) == pytest.approx([1] * len(SHARES))


def test_evidence_is_the_mean_of_the_bets():
    """Each begins with the same stake."""
    assert evidence(advanced(np.zeros(2), np.array([1.0, 3.0]))) == 2


def run_length(height, luck):
    """Count the standard normal values until the CUSUM exceeds a height."""
    cusum, values = Cusum(), 0
    while cusum.height <= height:
        cusum, values = climbed(cusum, luck.standard_normal(), 0.5, values), values + 1
    return values


@pytest.mark.parametrize(("height", "published"), [(4, 336), (5, 930)])
def test_the_cusum_runs_as_long_as_published(height, published):
    """One-sided, allowance 0.5 (Montgomery, Introduction to Statistical Quality Control)."""
    luck = np.random.default_rng(8)
    assert np.mean([run_length(height, luck) for _ in range(400)]) == pytest.approx(published, rel=0.12)


def test_the_cusum_says_since_when_it_climbs():
    """It left zero with the fourth value; a new climb is a new beginning."""
    cusum = Cusum()
    for moment, value in enumerate([0.0, 2.0, 0.0, 3.0, 0.9, 3.0]):
        cusum = climbed(cusum, value, 1.0, moment)
    assert cusum == Cusum(pytest.approx(3.9), 3)
    assert climbed(cusum, 0.0, 10.0, 6) == Cusum()


def test_e_bh_is_benjamini_and_hochberg_on_reciprocals():
    """Wang and Ramdas (2022), theorem 1: e-BH is BH at p = 1/e."""
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 - slow to import, this test's alone

    luck = np.random.default_rng(9)
    for _ in range(200):
        e_values = np.exp(luck.normal(1, 3, luck.integers(1, 12)))
        theirs = multipletests(np.minimum(1, 1 / e_values), alpha=0.1, method="fdr_bh")[0]
        assert e_bh(e_values, 0.1).tolist() == theirs.tolist()
    assert e_bh(np.array([]), 0.1).tolist() == []


def test_distances_in_standard_errors_are_e_values():
    """Their mean over luck alone is 1."""
    z = np.random.default_rng(10).standard_normal(200_000)
    assert e_value_of_z(z, 2.0).mean() == pytest.approx(1, rel=0.1)
    assert e_value_of_z(np.array([3.0]), 3.0)[0] == pytest.approx(np.exp(4.5))


def test_under_dependence_e_bh_errs_no_more_often_than_its_level():
    """Ten hypotheses, all true and all alike: anything that falls is false."""
    aimed = np.sqrt(2 * np.log(10 / 0.1))
    fallen = [
        e_bh(e_value_of_z(np.full(10, z), aimed), 0.1).any() for z in np.random.default_rng(11).standard_normal(40_000)
    ]
    assert 0 < np.mean(fallen) <= 0.1


def test_the_rates_of_all_streams_sum_to_the_budget():
    """Three streams of 3,276 blocks a quarter; ten false tickets a month in thirty reports."""
    threshold = page_threshold(0.5, 3, 3_276)
    assert 3 * 3_276 / threshold == pytest.approx(0.5)
    assert ticket_level(10, 30) == pytest.approx(1 / 3)
    assert ticket_level(100, 30) == 1
