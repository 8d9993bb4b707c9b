from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.error_watch import ErrorWatch
from monitoring.watch.blocks import BLOCKS_A_QUARTER, block_size, blocks_of
from monitoring.watch.error_watch import page_of, watched
from monitoring.watch.false_alarms import page_threshold
from monitoring.watch.losses import mean_loss, tolerated
from ridewatch.simulator.quiet import DAYS, quiet_quarter, usual

START = datetime(2019, 4, 1, tzinfo=UTC)
RIDES_A_DAY = 333
THRESHOLD = page_threshold(1, 3, BLOCKS_A_QUARTER)
KNOWN = usual(np.random.default_rng(0), rides=200_000)
TOLERATED = tolerated(KNOWN.mae, KNOWN.bias)
NEW = ErrorWatch(model_version="v1")


def blocks(errors, first=0, size=10):
    """Cut errors into blocks; a ride every five minutes."""
    rows = range(first, first + len(errors))
    times = [START + timedelta(minutes=5 * row) for row in rows]
    return list(blocks_of([f"{row:08d}" for row in rows], times, errors, size))


def after(errors, watch=NEW, first=0):
    """Give the watch after these errors."""
    return watched(watch, blocks(errors, first), TOLERATED, THRESHOLD)


def quiet(rows, seed=0):
    """Draw errors of a quiet quarter's first days."""
    return quiet_quarter(RIDES_A_DAY, np.random.default_rng(seed)).ravel()[:rows]


@pytest.mark.parametrize("seed", range(10))
def test_in_a_quiet_quarter_no_page_opens(seed):
    """Days, weekdays, holidays and the season move errors as they were measured to; benchmarks/ runs 200 of them."""
    assert page_of(after(quiet(DAYS * RIDES_A_DAY, seed=seed))) is None


@pytest.mark.parametrize(("minutes", "side"), [(5.0, "long"), (-5.0, "short")])
def test_answers_that_became_wrong_open_a_page_that_says_to_which_side_and_since_when(minutes, side):
    """Within 400 rides; since when, within fifty rides."""
    watch = after(np.concatenate([quiet(3_000), quiet(400, seed=1) + minutes]))
    page = page_of(watch)
    assert page.side == side
    assert 3_000 < page.opened.rows <= 3_400
    assert abs(page.opened.began - (START + timedelta(minutes=5 * 3_000))) < timedelta(minutes=5 * 50)


def test_errors_that_grew_to_both_sides_open_a_page_without_a_side():
    """Every error is four times as large, and turned by chance."""
    turned = quiet(2_000) * np.random.default_rng(2).choice([-4, 4], 2_000)
    assert page_of(after(turned)).side == "either"


def test_a_page_stays_open_until_errors_are_tolerable_again_for_days():
    """Not after a calm night; opened once, closed once."""
    bad = after(quiet(1_000) + 6)
    assert page_of(after(quiet(100), bad, 1_000)) == page_of(bad)
    assert page_of(after(quiet(5_000), bad, 1_000)) is None


def test_a_page_stays_open_while_errors_stay_bad():
    """Ten thousand rides later it is the same page."""
    watch = after(quiet(12_000) + 5)
    assert page_of(watch) == page_of(after((quiet(12_000) + 5)[:1_000]))


def test_one_absurd_ride_opens_nothing():
    """It counts for ten times the usual error at most."""
    errors = quiet(2_000)
    errors[1_000] = 1e6
    assert page_of(after(errors)) is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 29), max_size=60))
def test_a_block_delivered_again_changes_nothing(again):
    """Whatever comes again, in whatever order, also after a restart from JSON."""
    cut = blocks(quiet(300) + 4)
    watch = NEW
    for number, block in enumerate(cut):
        repeated = [cut[place] for place in again if place <= number]
        watch = watched(ErrorWatch.model_validate_json(watch.model_dump_json()), [block], TOLERATED, THRESHOLD)
        watch = watched(watch, repeated, TOLERATED, THRESHOLD)
    assert watch == watched(NEW, cut, TOLERATED, THRESHOLD)
    assert (watch.blocks, watch.rows) == (30, 300)


def test_what_is_remembered_does_not_grow():
    """A quarter takes less than a kilobyte."""
    assert len(after(quiet(DAYS * RIDES_A_DAY)).model_dump_json()) < 1_000


def test_rows_that_fill_no_block_wait():
    """They come again with the next ones, behind the last block's id."""
    cut = blocks(np.arange(25.0))
    assert [block.id for block in cut] == ["00000009", "00000019"]
    assert cut[1].began == START + timedelta(minutes=50)
    assert cut[1].ended == START + timedelta(minutes=95)
    assert after(np.arange(25.0)).rows == 20


def test_a_day_has_at_most_36_blocks():
    """Of at least ten rows."""
    assert [block_size(rows) for rows in (0, 17, 333, 3_600, 1_000_000)] == [10, 10, 10, 100, 27_778]


def test_losses_of_the_two_sides_sum_to_all_of_them():
    """With the reference's MAE and bias just so."""
    errors = np.random.default_rng(3).normal(-0.5, 4, 1_000)
    mae, bias = float(np.abs(errors).mean()), float(errors.mean())
    bounds = tolerated(mae, bias, tolerance=0).bounds
    for side in ("either", "long", "short"):
        assert mean_loss(errors, side, 1e9) == pytest.approx(bounds[side])
    assert mean_loss(np.array([-3.0, 1.0]), "short", 2.0) == 1.0
    assert tolerated(2.0, 0.0, tolerance=0.5).bounds == {"either": 3.0, "long": 2.0, "short": 2.0}
