from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.profile import DeclaredColumn
from monitoring.layout import bins_of
from monitoring.profile import SpecMismatch, UnevenColumns, add, empty, profile_of, subtract
from monitoring.spec import make_spec

DECLARED = (
    DeclaredColumn(name="size", kind="numeric", unit="m"),
    DeclaredColumn(name="kind", kind="categorical"),
    DeclaredColumn(name="error", kind="numeric", role="error"),
)
LUCK = np.random.default_rng(7)
REFERENCE = {
    "size": LUCK.lognormal(1, 0.7, 5_000),
    "kind": LUCK.choice([1, 2, 3, 40], 5_000, p=[0.5, 0.3, 0.15, 0.05]),
    "error": LUCK.normal(0, 3, 5_000),
}
SPEC = make_spec(DECLARED, REFERENCE)

SIZES = st.none() | st.floats(-1e3, 1e3) | st.integers(-5, 50) | st.sampled_from(["9", True, float("inf"), 10**400, []])
KINDS = st.none() | st.integers(0, 5) | st.sampled_from([2.0, "40", "new", float("nan"), {}, True])
ROWS = st.lists(st.tuples(SIZES, KINDS, st.floats(-60, 60)), max_size=40)


def columns(rows):
    """Lay rows out as columns of the spec."""
    return dict(zip(("size", "kind", "error"), zip(*rows, strict=True), strict=True)) if rows else {}


def of(rows):
    """Profile some rows."""
    return profile_of(SPEC, columns(rows))


@given(ROWS, ROWS)
def test_the_profile_of_all_rows_is_the_sum_of_the_profiles_of_the_parts(some, others):
    """To the unit, sums included; and taking a part away leaves the other."""
    whole = of(some + others)
    assert add(of(some), of(others)) == whole
    assert subtract(whole, of(others)) == of(some)


@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_does_not_matter(both):
    """A profile knows what there was, not when."""
    assert of(both[0]) == of(both[1])


@given(ROWS)
def test_every_value_is_counted_once_whatever_it_is(rows):
    """Counts add up to the rows; the invalid are among the missing."""
    profile = of(rows)
    for counts in profile.columns.values():
        assert sum(counts.counts) == profile.rows == len(rows)
        assert counts.invalid <= counts.counts[-1]


@given(st.lists(st.floats(-1e9, 1e9), max_size=60))
def test_sums_are_exact(values):
    """The sum of values rounded to the column's scale, without a rounding of its own."""
    counts = profile_of(SPEC, {"size": values}).columns["size"]
    assert sum(counts.sums) == sum(Fraction(round(value * 1e6)) for value in values)


def test_what_is_odd_is_counted_as_what_it_is():
    """Missing, invalid, unseen, below and above; 2, 2.0 and "2" are one label."""
    odd = profile_of(SPEC, {"size": [None, "x", -3, 1e6, float("inf")], "kind": [2, 2.0, "2", "new", []]})
    size, kind = (bins_of(SPEC.column(name), odd.columns[name]) for name in ("size", "kind"))
    assert (size.missing, size.below, size.above, odd.columns["size"].invalid) == (3, 1, 1, 2)
    assert (kind.missing, kind.unseen, kind.known.sum(), odd.columns["kind"].invalid) == (1, 1, 3, 1)


@pytest.mark.parametrize("name", ["size", "error"])
def test_arrays_and_lists_count_alike(name):
    """The same values, whatever they come in."""
    values = REFERENCE[name]
    assert profile_of(SPEC, {name: values}) == profile_of(SPEC, {name: values.tolist()})
    assert profile_of(SPEC, {name: values}) == profile_of(SPEC, {name: values.astype(object)})


def test_labels_count_alike_from_numbers_texts_and_objects():
    """Whole numbers have one name."""
    kinds = REFERENCE["kind"]
    forms = (kinds, kinds.astype(float), kinds.astype(str), kinds.astype(object), kinds.tolist())
    first, *others = (profile_of(SPEC, {"kind": form}) for form in forms)
    assert others == [first] * 4


def test_a_column_that_is_not_there_is_all_missing():
    """Other columns stand."""
    profile = profile_of(SPEC, {"size": [1.0, 2.0]})
    assert profile.columns["kind"].counts[-1] == 2
    assert profile.columns["size"].counts[-1] == 0


def test_no_rows_are_a_profile_too():
    """Nothing adds nothing."""
    nothing, something = empty(SPEC), of([(1.0, 1, 0.5)])
    assert nothing.rows == 0
    assert add(nothing, something) == something


def test_profiles_of_different_specs_are_not_added():
    """Their bins mean different things."""
    other = make_spec(DECLARED, {**REFERENCE, "size": REFERENCE["size"] * 2})
    with pytest.raises(SpecMismatch):
        add(of([]), empty(other))


def test_columns_of_different_lengths_are_refused():
    """There would be no rows."""
    with pytest.raises(UnevenColumns):
        profile_of(SPEC, {"size": [1.0], "kind": [1, 2]})


def test_edges_begin_and_end_at_the_references_own():
    """So that beyond them is out of its range; labels stand most frequent first."""
    size, kind = SPEC.column("size"), SPEC.column("kind")
    assert (size.edges[0], size.edges[-1]) == (REFERENCE["size"].min(), REFERENCE["size"].max())
    assert kind.categories == ("1", "2", "3", "40")
    assert 0.0 in SPEC.column("error").edges
    own = bins_of(size, profile_of(SPEC, REFERENCE).columns["size"])
    assert (own.below, own.above) == (0, 0)


def test_few_distinct_numbers_get_a_bin_each():
    """Also the greatest two."""
    spec = make_spec(DECLARED, {"size": [0, 1, 1, 2, 5]})
    assert profile_of(spec, {"size": [0, 1, 1, 2, 5]}).columns["size"].counts == (0, 1, 2, 1, 1, 0, 0)


def test_the_most_frequent_hundred_labels_are_categories_the_rest_is_known():
    """What the reference never held is unseen, not other."""
    spec = make_spec(DECLARED, {"kind": [label for label in range(150) for _ in range(200 - label)]})
    assert spec.column("kind").categories == tuple(map(str, range(100)))
    assert profile_of(spec, {"kind": [120, 149, 150]}).columns["kind"].counts[-3:] == (2, 1, 0)


@pytest.mark.parametrize("reference", [{}, {"size": [None] * 3, "kind": [None] * 3, "error": ["x"] * 3}, {"size": [4]}])
def test_any_reference_makes_a_spec_that_counts(reference):
    """Empty, all missing, of another type, a single row."""
    spec = make_spec(DECLARED, reference)
    profile = profile_of(spec, {"size": [1, 4, None], "kind": ["a", None, 2], "error": [-1.5, 0, 2]})
    assert [sum(counts.counts) for counts in profile.columns.values()] == [3, 3, 3]
