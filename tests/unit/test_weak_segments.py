import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from monitoring.numeric.holm import holm
from monitoring.numeric.measured import Measured, design_effect, difference, likeness_of, mean_of
from monitoring.profiles.slices import Coded, groupings, tally
from monitoring.window.weak_segments import choosing_half, excess_of, weak_segments

ZONES, RIDES = 60, 9_000
SIDES = {"either": np.abs, "long": lambda e: np.maximum(e, 0), "short": lambda e: np.maximum(-e, 0)}
DRAWN = np.random.default_rng(0).standard_t(5, 400_000) * 2.75 - 0.5
USUAL = {side: float(loss(DRAWN).mean()) for side, loss in SIDES.items()}


class Window:
    """Labelled rides of sixty zones of unequal difficulty, on thirty days; behind them some of the reference."""

    def __init__(self, seed, rides=RIDES, reference=0):
        luck = np.random.default_rng(seed)
        rows = rides + reference
        self.now = np.arange(rows) < rides
        self.zone = luck.integers(0, ZONES, rows)
        self.hour = luck.integers(0, 5, rows)
        self.vendor = luck.integers(0, 2, rows)
        self.day = luck.integers(0, 30, rows) + 100 * self.now
        self.difficulty = np.exp(luck.normal(0, 0.3, ZONES))[self.zone] * np.array([0.8, 1, 1.1, 1.2, 0.7])[self.hour]
        pace = luck.normal(0, 0.6, 130)[self.day]
        self.errors = (luck.standard_t(5, rows) * 2.75 - 0.5 + pace) * self.difficulty
        self.choosing = luck.random(rows) < 0.5

    @property
    def columns(self):
        return {
            "pickup_zone": Coded(self.zone, [str(zone + 4) for zone in range(ZONES)]),
            "hour_band": Coded(self.hour, ["night", "morning", "midday", "afternoon", "evening"]),
            "vendor": Coded(self.vendor, ["1", "2"]),
        }

    def found(self):
        losses = {side: loss(self.errors) for side, loss in SIDES.items()}
        expected = {side: usual * self.difficulty for side, usual in USUAL.items()}
        return weak_segments(self.columns, excess_of(losses, expected, self.now, self.day, 0.01), self.choosing)


def test_of_a_hundred_clean_windows_at_most_five_name_a_segment():
    """Some zones and hours are harder by nature, and days differ: neither is weakness."""
    assert sum(bool(Window(seed).found()) for seed in range(100)) <= 5


@pytest.mark.parametrize(("minutes", "side"), [(3, "long"), (-3, "short")])
def test_a_zone_whose_answers_are_three_minutes_off_is_found_within_150_rides(minutes, side):
    """One of sixty, in 19 of 20 windows, and hardly anything else is named."""
    named, others = 0, 0
    for seed in range(60):
        window = Window(seed)
        bad = np.flatnonzero(window.zone == 7)[:150]
        window.zone[(window.zone == 7) & (np.arange(RIDES) > bad[-1])] = 8
        window.difficulty[bad] = 1
        window.errors[bad] = DRAWN[seed * 150 : seed * 150 + len(bad)] + minutes
        found = window.found()
        named += [(one.id, one.side) for one in found].count(("pickup_zone=11", side))
        others += len({one.id for one in found} - {"pickup_zone=11"})
    assert named >= 57
    assert others <= 6


def test_a_zone_that_was_as_bad_in_the_reference_is_not_named():
    """The error model does not know it, the zone's own reference does; without one it is named."""
    window = Window(1, reference=20_000)
    window.errors[window.zone == 7] += 5
    assert window.found() == ()
    window.zone[~window.now & (window.zone == 7)] = 8
    assert [one.id for one in window.found()] == ["pickup_zone=11"]


def test_a_pair_is_named_where_the_fault_is_of_the_pair():
    """One vendor at night, not the vendor, not the night; the excess is what was planted."""
    window = Window(1)
    bad = (window.hour == 0) & (window.vendor == 1)
    window.errors[bad] = np.abs(window.errors[bad]) + 3
    (found,) = window.found()
    assert found.id == "hour_band=night&vendor=2"
    assert (found.side, found.rows) == ("long", int(bad.sum()))
    assert found.p_value < 1e-6
    assert found.excess.low > 2


def test_a_window_that_became_worse_as_a_whole_names_nothing():
    """All errors are larger by a half: the model's matter."""
    window = Window(2)
    window.errors = window.errors * 1.5
    assert window.found() == ()


def test_what_chose_a_slice_does_not_test_it():
    """A zone that is bad in the choosing half alone is not named."""
    window = Window(3)
    window.errors[(window.zone == 7) & window.choosing] += 10
    assert window.found() == ()
    window.errors[(window.zone == 7) & ~window.choosing] += 10
    assert [one.id for one in window.found()] == ["pickup_zone=11"]


def test_a_small_excess_is_not_weakness_however_sure():
    """A tenth more, in thousands of rides."""
    window = Window(4, rides=60_000)
    window.errors[window.vendor == 1] *= 1.1
    assert window.found() == ()


def test_the_halves_are_even_and_stay():
    """By the id alone; so are the halves of ids that end alike."""
    ids = [f"0195d0a2-7c00-7000-8000-{number:012d}" for number in range(20_000)]
    half = choosing_half(ids)
    assert half.mean() == pytest.approx(0.5, abs=0.02)
    assert half[::2].mean() == pytest.approx(0.5, abs=0.02)
    assert (choosing_half(ids[::-1])[::-1] == half).all()
    assert choosing_half(["a", "b", "c", "d", "e", "f"]).tolist() == [False, True, True, True, False, False]


def test_every_slice_of_one_or_two_columns_is_counted():
    """As counting them one by one does; a row without a label is in none."""
    luck = np.random.default_rng(5)
    columns = {name: Coded(luck.integers(-1, size, 500), list("abcd"[:size])) for name, size in [("x", 3), ("y", 4)]}
    values = luck.normal(size=500)
    single, _, pair = groupings(columns)
    rows = pair.codes >= 0
    found = tally(pair.codes[rows], values[rows], pair.size)
    for x in range(3):
        for y in range(4):
            here = values[(columns["x"].codes == x) & (columns["y"].codes == y)]
            code = x * 4 + y
            assert pair.id_of(code) == f"x={'abc'[x]}&y={'abcd'[y]}"
            assert found.rows[code] == len(here)
            assert found.mean[code] == pytest.approx(here.mean())
            assert found.error[code] == pytest.approx(here.std(ddof=1) / np.sqrt(len(here)))
    assert single.id_of(2) == "x=c"


def test_holm_is_statsmodels_and_weights_favour():
    """Alike weights change nothing; a heavier hypothesis needs less."""
    luck = np.random.default_rng(6)
    for size in range(1, 9):
        p_values = luck.random(size) ** 3
        assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])
        assert holm(p_values, np.full(size, 3.0)) == pytest.approx(holm(p_values))
    assert holm(np.array([0.02, 0.04]), np.array([3.0, 1.0])) == pytest.approx([0.02 / 3 * 4, 0.04])
    assert holm(np.array([])).tolist() == []


def test_weighted_holm_errs_in_no_more_than_its_level():
    """Eight true hypotheses, weighted by rank."""
    p_values = np.random.default_rng(7).random((4_000, 8))
    wrong = np.mean([holm(row, 1 / np.arange(1.0, 9)).min() <= 0.05 for row in p_values])
    assert 0.035 < wrong < 0.06


def test_means_of_rows_that_share_their_days_are_as_sure_as_they_say():
    """1,000 windows: 95 of 100 intervals hold the truth; without the design effect hardly seven in ten."""
    luck, held, naive = np.random.default_rng(8), 0, 0
    days = np.repeat(np.arange(40), luck.integers(10, 60, 40))
    for _ in range(1_000):
        values = luck.normal(size=len(days)) + luck.normal(0, 0.2, 40)[days]
        likely, alone = mean_of(values, days, 0.2**2 / (1 + 0.2**2)), mean_of(values, days, 0)
        held += likely.low < 0 < likely.high
        naive += alone.low < 0 < alone.high
    assert 930 <= held <= 970
    assert naive < 850


def test_the_likeness_of_days_is_found():
    """An intraclass correlation of 0.04 within a hundredth; independent rows have none to speak of."""
    luck = np.random.default_rng(9)
    days = np.repeat(np.arange(100), 200)
    values = luck.normal(size=20_000)
    assert likeness_of(values, days) < 0.004
    assert likeness_of(values + luck.normal(0, 0.2, 100)[days], days) == pytest.approx(0.04 / 1.04, abs=0.012)
    assert likeness_of(values[:1], days[:1]) == 0
    assert design_effect(days, 0.01) == pytest.approx(1 + 199 * 0.01)
    assert design_effect(np.arange(10), 0.5) == 1


def test_a_difference_is_as_unsure_as_both():
    """Standard errors add up squared; a clear one excludes zero."""
    found = difference(Measured(5, 3), Measured(1, 4))
    assert found == Measured(4, 5)
    assert not found.clear
    assert Measured(10, 5).clear
    assert Measured(1.6448536269514722, 1).p_above_zero == pytest.approx(0.05)
    assert Measured(-1.959963984540054, 1).p_not_zero == pytest.approx(0.05)
