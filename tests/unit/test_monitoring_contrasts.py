"""Segments against all other rows: whoever moves alone is named, what moves all alike is not."""

import numpy as np
import pytest
from scipy import stats

from contracts.profile import DeclaredColumn, Rule, Segment, SegmentFamily
from monitoring.numeric.contrast import Contrast
from monitoring.numeric.measured import Measured
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.counting import code
from monitoring.profiles.fitting import Rows, reference_of
from monitoring.profiles.observed import observed_rows
from monitoring.profiles.spec import make_spec
from monitoring.window.contrasts import BOUND, contrasts_of, segment_id
from tests.watched import LEAST, weeks

MAKERS, SITES = ("a", "b"), ("north", "south", "west")
DECLARED = (
    DeclaredColumn(name="maker", kind="categorical"),
    DeclaredColumn(name="site", kind="categorical"),
    DeclaredColumn(name="size", kind="numeric"),
    DeclaredColumn(name="relative_size", kind="numeric", role="relative", unit="spreads", of="size", edges=()),
)


def family(name, column, *values):
    """Give a family of one segment a value."""
    segments = (Segment(label=value.title(), any_of=(Rule(column=column, values=(value,)),)) for value in values)
    return SegmentFamily(name=name, segments=tuple(segments))


FAMILIES = (
    family("maker", "maker", *MAKERS),
    family("site", "site", *SITES[:2]),
    SegmentFamily(name="size", segments=(Segment(label="large", any_of=(Rule(column="size", low=1.0),)),)),
)


def rows(count, seed, maker=0.0, everybody=0.0):
    """Give rows; those of maker b are so much larger, or all of them."""
    luck = np.random.default_rng(seed)
    makers = luck.choice(MAKERS, count, p=[0.4, 0.6]).astype(object)
    relative = np.clip(luck.normal(0.05, 1, count) + maker * (makers == "b") + everybody, -2, 2)
    relative[luck.random(count) < 0.02] = np.nan
    return {
        "maker": makers,
        "site": luck.choice(SITES, count, p=[0.7, 0.2, 0.1]).astype(object),
        "size": np.exp(np.nan_to_num(relative)),
        "relative_size": relative,
    }


KNOWN_ROWS = rows(20_000, 1)
KNOWN = reference_of(make_spec(DECLARED, KNOWN_ROWS, FAMILIES), Rows(KNOWN_ROWS, {}, weeks(20_000, seed=1)))


def week(columns, seed=2):
    """Hold a week of rows against the reference's."""
    found = observed_rows(code(KNOWN.spec, columns), weeks(len(columns["size"]), number=1, seed=seed))
    return Comparison(found, KNOWN.of_whole_weeks, KNOWN, LEAST)


def moved(columns):
    """Name the segments that moved."""
    return [found.segment_id for found in contrasts_of(week(columns)) if found.moved]


def test_the_difference_of_differences_is_that_of_the_rows():
    """With numpy, row by row; the reference's hours of the week are alike, so nothing is reweighted to speak of."""
    now = rows(4_000, 3, maker=0.3)
    found = {one.segment_id: one for one in contrasts_of(week(now))}["maker=b"]
    (own, others), (own_then, others_then) = (
        [side["relative_size"][held & ~np.isnan(side["relative_size"])] for held in (mine, ~mine)]
        for side, mine in ((now, now["maker"] == "b"), (KNOWN_ROWS, KNOWN_ROWS["maker"] == "b"))
    )
    expected = own.mean() - own_then.mean() - (others.mean() - others_then.mean())
    error = np.sqrt(sum(part.var() / len(part) for part in (own, own_then, others, others_then)))
    assert found.change.value == pytest.approx(expected, abs=0.01)
    assert found.own == pytest.approx(own.mean() - own_then.mean(), abs=0.01)
    assert (found.change.high - found.change.low) / (2 * stats.norm.ppf(0.975)) == pytest.approx(error, rel=0.1)
    assert (found.family, found.label, found.column, found.of) == ("maker", "B", "relative_size", "size")


def test_p_values_are_of_the_bound_and_adjusted_for_all_that_is_tested():
    """By scipy: the folded normal at the bound, then Benjamini and Yekutieli."""
    found = contrasts_of(week(rows(4_000, 3, maker=0.2)))
    sizes = [abs(one.change.value) for one in found]
    errors = [(one.change.high - one.change.low) / (2 * stats.norm.ppf(0.975)) for one in found]
    plain = [
        stats.norm.sf((size - BOUND) / error) + stats.norm.sf((size + BOUND) / error)
        for size, error in zip(sizes, errors, strict=True)
    ]
    expected = stats.false_discovery_control(plain, method="by")
    assert [one.p_value for one in found] == pytest.approx(expected.tolist(), rel=1e-6)


def test_the_segment_that_moved_is_named_and_its_mirror_image_is_not():
    """Beside the other maker, a has shrunk as much as b has grown; but a is as it was."""
    assert moved(rows(2_000, 4, maker=0.5)) == ["maker=b"]
    assert moved(rows(2_000, 4, maker=-0.5)) == ["maker=b"]


def test_where_all_but_one_have_moved_that_one_is_named_if_nobody_else_can_be():
    """It did not follow: of two one is always named."""
    assert moved(rows(2_000, 4, maker=-0.6, everybody=0.6)) == ["maker=a"]


def test_what_moves_all_alike_moves_nobody():
    """As a season does, whatever its size."""
    assert moved(rows(2_000, 5, everybody=0.8)) == []


def test_a_family_that_is_cut_by_the_feature_itself_is_not_asked():
    """Who moves changes his segment there."""
    assert {one.family for one in contrasts_of(week(rows(2_000, 5)))} == {"maker", "site"}


def test_too_few_rows_of_a_segment_or_no_week_say_nothing():
    """Of a hundred rows twenty are the south's."""
    assert {one.segment_id for one in contrasts_of(week(rows(150, 6)))} == {"maker=a", "maker=b"}
    assert contrasts_of(None) == ()


def test_a_difference_that_matters_to_nobody_is_not_named_however_sure():
    """Less than the bound, on 100,000 rows."""
    found = {one.segment_id: one for one in contrasts_of(week(rows(100_000, 7, maker=0.045)))}["maker=b"]
    assert 0 < found.change.low < found.change.value < BOUND
    assert not found.moved


def test_quiet_weeks_name_nobody():
    """Each of a hundred; the level is for a week of which some segment lies at the bound."""
    assert [seed for seed in range(100) if moved(rows(2_300, 100 + seed))] == []


def test_at_the_bound_a_segment_is_named_in_one_week_of_twenty_at_most():
    """Before adjustment in just as many."""
    luck = np.random.default_rng(1)
    tested = [Contrast(Measured(luck.normal(BOUND, 0.05), 0.04), Measured(0.0, 0.03)) for _ in range(4_000)]
    assert np.mean([one.p_value(BOUND) <= 0.05 for one in tested]) == pytest.approx(0.05, abs=0.012)
    assert sum(bool(moved(rows(2_300, 900 + seed, maker=BOUND))) for seed in range(200)) <= 10


def test_a_segment_is_named_by_what_its_rows_hold_where_that_is_one_thing():
    """Else by its label."""
    ranged = Segment(label="large", any_of=(Rule(column="size", low=1.0),))
    assert segment_id(FAMILIES[0], FAMILIES[0].segments[1]) == "maker=b"
    assert segment_id(FAMILIES[2], ranged) == "size=large"
