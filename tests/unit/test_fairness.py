import numpy as np
import pytest

from monitoring.numeric.shrinking import shrunk
from monitoring.profiles.slices import Coded
from monitoring.window.fairness import LEAST_ROWS, gaps
from monitoring.window.gap_measures import Outcomes

GROUPS = ("Manhattan", "Queens", "Brooklyn", "Bronx", "Staten Island")
SHARES = (0.7, 0.15, 0.1, 0.04, 0.01)


class World:
    """Labelled rides of five groups, of which none is treated otherwise."""

    def __init__(self, seed, rides=4_000):
        luck = np.random.default_rng(seed)
        self.group = luck.choice(len(GROUPS), rides, p=SHARES)
        self.day = luck.integers(0, 30, rides)
        self.errors = luck.laplace(0, 2.8, rides) + luck.normal(0, 0.3, 30)[self.day]
        self.covered = luck.random(rides) < 0.8
        self.fallback = luck.random(rides) < 0.02

    def gaps(self):
        return gaps(Coded(self.group, GROUPS), Outcomes(self.errors, self.covered, self.fallback, self.day, 0.01))

    def flagged(self):
        return {(gap.group, gap.measure) for gap in self.gaps() if gap.flagged}

    def gap(self, group, measure):
        (found,) = [gap for gap in self.gaps() if (gap.group, gap.measure) == (group, measure)]
        return found


def test_where_all_are_treated_alike_nobody_is_flagged():
    """200 windows, five groups, four measures: at most one window in twenty names anything."""
    assert sum(bool(World(seed).flagged()) for seed in range(200)) <= 10


@pytest.mark.parametrize(
    ("measure", "treat"),
    [
        ("lean", lambda world, here: world.errors.__setitem__(here, world.errors[here] + 2)),
        ("mae_ratio", lambda world, here: world.errors.__setitem__(here, world.errors[here] * 1.7)),
        ("coverage", lambda world, here: world.covered.__setitem__(here, world.covered[here] & (world.day[here] > 8))),
        ("fallback", lambda world, here: world.fallback.__setitem__(here, world.day[here] < 6)),
    ],
)
def test_a_group_that_is_treated_otherwise_is_flagged_for_it(measure, treat):
    """Brooklyn; and nobody else for the same."""
    world = World(1)
    treat(world, world.group == 2)
    assert {group for group, named in world.flagged() if named == measure} == {"Brooklyn"}


def test_a_gap_of_no_practical_weight_is_not_flagged_however_sure():
    """Ten per cent larger errors in 200,000 rides."""
    world = World(2, rides=200_000)
    world.errors[world.group == 1] *= 1.1
    assert world.gap("Queens", "mae_ratio").p_value < 0.01
    assert world.flagged() == set()


def test_a_large_gap_of_a_small_group_is_drawn_in():
    """Forty rides, 2.5 minutes off: told as measured, with its interval, but believed by half."""
    world = World(3)
    few = np.flatnonzero(world.group == 4)[:40]
    world.group[(world.group == 4) & ~np.isin(np.arange(len(world.group)), few)] = 0
    world.errors[few] += 0.6 - world.errors[few].mean()
    gap = world.gap("Staten Island", "lean")
    assert gap.rows == len(few) >= LEAST_ROWS
    assert gap.value == pytest.approx(0.6, abs=0.2)
    assert abs(gap.shrunk) < abs(gap.value) / 2
    assert gap.low < 0 < gap.high
    assert not gap.flagged


def test_too_few_rides_are_not_compared():
    """Nor is a group that is all there is, nor rides of no group."""
    world = World(4, rides=600)
    assert {gap.group for gap in world.gaps()} == {"Manhattan", "Queens", "Brooklyn"}
    world.group[:] = 0
    assert world.gaps() == ()
    world.group[:] = -1
    assert world.gaps() == ()


def test_the_intervals_hold_the_truth():
    """Of 300 windows in 95 of 100, with days that differ; ratios as multiples."""
    worlds = [World(seed) for seed in range(300)]
    for group in ("Queens", "Bronx"):
        for measure, truth in [("lean", 0), ("mae_ratio", 1), ("coverage", 0), ("fallback", 0)]:
            found = [world.gap(group, measure) for world in worlds]
            assert 0.925 <= np.mean([gap.low <= truth <= gap.high for gap in found]) <= 0.995


def test_shrinking_is_nearer_to_the_truth_than_measuring():
    """Morris (1983): of gaps whose true spread is 1 and whose errors differ, less than half of the squared error."""
    luck = np.random.default_rng(5)
    errors = luck.uniform(0.5, 4, (500, 20))
    truth = luck.normal(0, 1, errors.shape)
    measured = truth + luck.normal(0, errors)
    drawn = np.array([shrunk(*row) for row in zip(measured, errors, strict=True)])
    assert ((drawn - truth) ** 2).mean() < 0.25 * ((measured - truth) ** 2).mean()
    known = measured / (1 + errors**2)
    assert ((drawn - truth) ** 2).mean() < 1.25 * ((known - truth) ** 2).mean()


def test_gaps_that_luck_explains_are_drawn_to_none():
    """And a sure one among them is left nearly as it is."""
    assert shrunk(np.array([0.5, -0.5, 0.2]), np.ones(3)).tolist() == [0, 0, 0]
    assert shrunk(np.array([]), np.array([])).tolist() == []
    assert shrunk(np.array([9.0, 0.1]), np.array([0.5, 0.5]))[0] == pytest.approx(9, rel=0.02)
