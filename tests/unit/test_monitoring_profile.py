from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.profiles.archive import Unreadable, packed, unpacked
from monitoring.profiles.counting import UnevenColumns, code, count, profile_of
from monitoring.profiles.layout import ALL, LABELLED, bins_of
from monitoring.profiles.profile import SpecMismatch, add, empty, subtract
from monitoring.profiles.spec import make_spec
from tests.watched import CHECKS, DECLARED, FAMILIES, rows

REFERENCE = rows(5_000, seed=7)
SPEC = make_spec(DECLARED, REFERENCE, FAMILIES, CHECKS)
NAMES = [column.name for column in DECLARED]
WHOLE = ("rows", "counts", "sums", "checks", "invalid")

NUMBERS = st.none() | st.floats(-90, 90) | st.integers(-5, 50) | st.sampled_from(["9", True, float("inf"), 10**400, []])
LABELS = st.none() | st.integers(0, 5) | st.sampled_from(["a", "b", "c", 2.0, "40", "new", float("nan"), {}, True])
VERDICTS = st.sampled_from([-1, 0, 1])
VALUES = st.tuples(*(NUMBERS if column.kind == "numeric" else LABELS for column in DECLARED))
ROWS = st.lists(st.tuples(VALUES, st.tuples(*[VERDICTS] * len(CHECKS))), max_size=40)


def of(some):
    """Profile some rows, each its values and its verdicts."""
    columns = dict(zip(NAMES, zip(*(values for values, _ in some), strict=True), strict=True)) if some else {}
    verdicts = np.array([told for _, told in some], dtype=np.int8).reshape(len(some), len(CHECKS)).T
    return profile_of(SPEC, columns, {check.name: mask for check, mask in zip(CHECKS, verdicts, strict=True)})


@given(ROWS, ROWS)
def test_the_profile_of_all_rows_is_the_sum_of_the_profiles_of_the_parts(some, others):
    """To the unit, in every slice: counts, sums, squares, checks; and taking a part away leaves the other."""
    whole = of(some + others)
    assert add(of(some), of(others)) == whole
    assert subtract(whole, of(others)) == of(some)


@given(ROWS.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_rows_does_not_matter(both):
    """A profile knows what there was, not when."""
    assert of(both[0]) == of(both[1])


@given(ROWS)
def test_every_value_is_counted_once_whatever_it_is(some):
    """Counts add up to the rows, in every slice; the invalid are among the missing."""
    profile = of(some)
    assert profile.rows[0] == len(some)
    for place, cells in enumerate(profile.layout.columns.values()):
        assert profile.counts[:, cells].sum(axis=1).tolist() == profile.rows.tolist()
        assert profile.invalid[place] <= profile.counts[0, cells][-1]


@given(ROWS)
def test_a_row_is_in_at_most_one_segment_of_a_family_and_its_checks_are_among_its_rows(some):
    """Families part the rows; what can be checked is at most all of them, what is broken at most that."""
    profile = of(some)
    for family in FAMILIES:
        places = [profile.layout.slice_of(family.name, segment.label) for segment in family.segments]
        assert profile.rows[places].sum() <= len(some)
    broken, checked = profile.checks[:, :, 0], profile.checks[:, :, 1]
    assert np.all((broken <= checked) & (checked <= profile.rows[:, None]))
    labelled = profile.layout.slice_of(*LABELLED)
    assert profile.rows[labelled] == profile.column("truth").counts[:-1].sum()


@given(ROWS)
def test_coded_rows_count_alike_together_and_one_by_one(some):
    """What a part of coded rows counts is what those rows count."""
    columns = dict(zip(NAMES, zip(*(values for values, _ in some), strict=True), strict=True)) if some else {}
    coded = code(SPEC, columns)
    parts = empty(SPEC)
    for row in range(len(some)):
        parts = add(parts, count(coded.take(np.array([row]))))
    whole = count(coded)
    assert all(np.array_equal(parts.arrays()[name], whole.arrays()[name]) for name in WHOLE[:-1])


@given(st.lists(st.floats(-9e6, 9e6), max_size=60))
def test_sums_are_exact(values):
    """The sum of values rounded to the column's scale, without a rounding of its own."""
    counts = profile_of(SPEC, {"size": values}).column("size")
    assert sum(counts.sums.tolist()) == sum(Fraction(round(value * 1e6)) for value in values)


@given(st.lists(st.floats(-900, 900), max_size=60))
def test_sums_of_squares_are_those_of_the_rows(values):
    """Each rounded to a millionth, so that the deviation is that of the rows."""
    counts = profile_of(SPEC, {"size": values}).column("size")
    assert counts.squares.sum() == pytest.approx(sum(value * value for value in values), abs=1e-6 * len(values))


@given(ROWS)
def test_a_profile_survives_its_archive_and_the_same_counts_are_the_same_bytes(some):
    """Whatever order the rows came in."""
    body = packed(of(some))
    assert unpacked(SPEC, body) == of(some)
    assert packed(of(some[::-1])) == body


def test_an_archive_of_another_spec_or_of_nothing_is_refused():
    """Its bins mean different things; bytes that are none say so."""
    other = make_spec(DECLARED, REFERENCE | {"size": REFERENCE["size"] * 2}, FAMILIES, CHECKS)
    with pytest.raises(SpecMismatch):
        unpacked(other, packed(of([])))
    for body in (b"", b"no archive", packed(of([]))[:-40]):
        with pytest.raises(Unreadable):
            unpacked(SPEC, body)


def test_what_is_odd_is_counted_as_what_it_is():
    """Missing, invalid, unseen, below and above; 2, 2.0 and "2" are one label."""
    spec = make_spec(DECLARED, REFERENCE | {"kind": [1, 2, 3, 40] * 1_250})
    odd = profile_of(spec, {"size": [None, "x", -3, 1e6, float("inf")], "kind": [2, 2.0, "2", "new", []]})
    size, kind = (bins_of(spec.column(name), odd.column(name).counts) for name in ("size", "kind"))
    assert (size.missing, size.below, size.above, odd.column("size").invalid) == (3, 1, 1, 2)
    assert (kind.missing, kind.unseen, kind.known.sum(), odd.column("kind").invalid) == (1, 1, 3, 1)


@pytest.mark.parametrize("name", ["size", "error"])
def test_arrays_and_lists_count_alike(name):
    """The same values, whatever they come in."""
    values = REFERENCE[name]
    assert profile_of(SPEC, {name: values}) == profile_of(SPEC, {name: values.tolist()})
    assert profile_of(SPEC, {name: values}) == profile_of(SPEC, {name: values.astype(object)})


@pytest.mark.parametrize(
    "kinds", [np.arange(300) % 7, np.arange(300) % 7 * 40_000, (np.arange(-120, 121) // 40 * 40).astype(np.int8)]
)
def test_labels_count_alike_from_numbers_texts_and_objects(kinds):
    """Whole numbers have one name, however far apart they are."""
    spec = make_spec(DECLARED, {"kind": kinds})
    forms = (kinds, kinds.astype(float), kinds.astype(str), kinds.astype(object), kinds.tolist())
    first, *others = (profile_of(spec, {"kind": form}) for form in forms)
    assert others == [first] * 4
    assert first.column("kind").counts[-3:].tolist() == [0, 0, 0]


def test_numbers_that_are_no_whole_ones_are_labels_too_and_nan_is_absent():
    """As from a table of floats."""
    spec = make_spec(DECLARED, {"kind": [1.5, 2.0]})
    counts = profile_of(spec, {"kind": np.array([1.5, 1.5, 2.0, np.nan, 3.0])}).column("kind")
    assert dict(zip(spec.column("kind").categories, counts.counts[:2].tolist(), strict=True)) == {"1.5": 2, "2": 1}
    assert (counts.counts[2:].tolist(), counts.invalid) == ([0, 1, 1], 0)


def test_a_column_that_is_not_there_is_all_missing():
    """Other columns stand."""
    profile = profile_of(SPEC, {"size": [1.0, 2.0]})
    assert profile.column("kind").counts[-1] == 2
    assert profile.column("size").counts[-1] == 0


def test_no_rows_are_a_profile_too():
    """Nothing adds nothing."""
    nothing, something = empty(SPEC), profile_of(SPEC, {"size": [1.0]})
    assert nothing.rows[0] == 0
    assert add(nothing, something) == something != nothing
    assert something != "a profile"


def test_profiles_of_different_specs_are_not_added():
    """Their bins mean different things."""
    other = make_spec(DECLARED, REFERENCE | {"size": REFERENCE["size"] * 2}, FAMILIES, CHECKS)
    with pytest.raises(SpecMismatch):
        add(of([]), empty(other))
    with pytest.raises(SpecMismatch):
        subtract(of([]), empty(other))


def test_columns_of_different_lengths_are_refused():
    """There would be no rows."""
    with pytest.raises(UnevenColumns):
        profile_of(SPEC, {"size": [1.0], "kind": ["a", "b"]})


def test_edges_begin_and_end_at_the_references_own():
    """So that beyond them is out of its range; labels stand most frequent first."""
    size, kind = SPEC.column("size"), SPEC.column("kind")
    assert (size.edges[0], size.edges[-1]) == (REFERENCE["size"].min(), REFERENCE["size"].max())
    assert kind.categories == ("a", "b", "c")
    assert 0.0 in SPEC.column("error").edges
    assert SPEC.column("squared").edges == ()
    own = bins_of(size, profile_of(SPEC, REFERENCE).column("size").counts)
    assert (own.below, own.above) == (0, 0)


def test_few_distinct_numbers_get_a_bin_each():
    """Also the greatest two."""
    spec = make_spec(DECLARED, {"size": [0, 1, 1, 2, 5]})
    counts = profile_of(spec, {"size": [0, 1, 1, 2, 5]}).column("size", ALL).counts
    assert counts.tolist() == [0, 1, 2, 1, 1, 0, 0]


def test_the_most_frequent_hundred_labels_are_categories_the_rest_is_known():
    """What the reference never held is unseen, not other."""
    spec = make_spec(DECLARED, {"kind": [label for label in range(150) for _ in range(200 - label)]})
    assert spec.column("kind").categories == tuple(map(str, range(100)))
    assert profile_of(spec, {"kind": [120, 149, 150]}).column("kind").counts[-3:].tolist() == [2, 1, 0]


@pytest.mark.parametrize("reference", [{}, {"size": [None] * 3, "kind": [None] * 3, "error": ["x"] * 3}, {"size": [4]}])
def test_any_reference_makes_a_spec_that_counts(reference):
    """Empty, all missing, of another type, a single row."""
    spec = make_spec(DECLARED, reference, FAMILIES, CHECKS)
    profile = profile_of(spec, {"size": [1, 4, None], "kind": ["a", None, 2], "error": [-1.5, 0, 2]})
    assert [profile.column(name).counts.sum() for name in NAMES] == [3] * len(NAMES)
