import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.profile import CategoricalColumn, NumericColumn, ProfileSpec, Rule, Segment, SegmentFamily
from monitoring.profiles.counting import profile_of
from rides.segments import SEGMENTS

NONE = -1


def family(*rules, name="family"):
    """Give a family with one segment for each list of rules."""
    segments = tuple(Segment(label=str(place), any_of=tuple(some)) for place, some in enumerate(rules))
    return SegmentFamily(name=name, segments=segments)


def places(made, **columns):
    """Give the segment of each row, by counting one row after the other."""
    spec = ProfileSpec(columns=(NumericColumn(name="x", edges=()),), families=(made,))
    rows = len(next(iter(columns.values())))
    return [
        _place(profile_of(spec, {name: values[row : row + 1] for name, values in columns.items()}))
        for row in range(rows)
    ]


def _place(profile):
    held = np.flatnonzero(profile.rows[2:])
    return held.item() if len(held) else NONE


def test_a_span_holds_its_low_end_and_not_its_high_one():
    """An end that is absent is nowhere; a row without the number is of none."""
    made = family([Rule(column="x", high=1.0)], [Rule(column="x", low=1.0, high=2.0)], [Rule(column="x", low=5.0)])
    assert places(made, x=[-9.0, 1.0, 1.9, 2.0, 5.0, 1e6, None, "far"]) == [0, 1, 1, NONE, 2, 2, NONE, NONE]


def test_labels_belong_by_their_names():
    """However they are written: 1, 1.0 and "1" are one."""
    made = family([Rule(column="zone", values=("1", "132"))], [Rule(column="zone", values=("2",))])
    assert places(made, x=[0] * 7, zone=[1, "132", 2.0, 3, None, "1", []]) == [0, 0, 1, NONE, NONE, 0, NONE]


def test_any_of_several_rules_is_enough():
    """Of one column or of two."""
    airport = [Rule(column="pickup", values=("1",)), Rule(column="dropoff", values=("1",))]
    assert places(family(airport), x=[0] * 4, pickup=[1, 2, 1, 2], dropoff=[2, 1, 1, 2]) == [0, 0, 0, NONE]


def test_the_first_segment_that_takes_a_row_has_it():
    """A family parts its rows."""
    made = family([Rule(column="x", low=3.0)], [Rule(column="x", low=1.0)], [Rule(column="x", low=2.0)])
    assert places(made, x=[0.0, 1.0, 2.0, 3.0]) == [NONE, 1, 1, 0]


def test_a_column_that_is_not_there_puts_no_row_anywhere():
    """Neither labels nor numbers."""
    made = family([Rule(column="gone", values=("1",))], [Rule(column="lost", low=0.0)])
    assert places(made, x=[1.0, 2.0]) == [NONE, NONE]


@given(st.lists(st.tuples(st.floats(0, 9), st.sampled_from(["a", "b", "c"])), min_size=1, max_size=60))
def test_a_segment_counts_what_its_rows_alone_would(rows):
    """In every column, families crossed."""
    families = (
        family([Rule(column="x", high=2.0)], [Rule(column="x", low=6.0)], name="size"),
        family([Rule(column="kind", values=("a",)), Rule(column="x", low=8.0)], name="kind"),
    )
    columns = (NumericColumn(name="x", edges=(0.0, 3.0, 9.0)), CategoricalColumn(name="kind", categories=("a", "b")))
    spec = ProfileSpec(columns=columns, families=families)
    masks = {
        ("size", "0"): [x < 2 for x, _ in rows],
        ("size", "1"): [x >= 6 for x, _ in rows],
        ("kind", "0"): [kind == "a" or x >= 8 for x, kind in rows],
    }
    whole = profile_of(spec, dict(zip(("x", "kind"), zip(*rows, strict=True), strict=True)))
    for place, mask in masks.items():
        own = [row for row, held in zip(rows, mask, strict=True) if held]
        alone = profile_of(spec, {"x": [x for x, _ in own], "kind": [kind for _, kind in own]})
        for name in ("x", "kind"):
            for found, expected in zip(whole.column(name, place)[:3], alone.column(name)[:3], strict=True):
                assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("name", ["hour", "distance"])
def test_the_segments_of_rides_leave_no_ride_between_them(name):
    """Every hour and every distance is of one."""
    (made,) = (each for each in SEGMENTS if each.name == name)
    column = made.segments[0].any_of[0].column
    values = list(range(24)) if name == "hour" else [0.0, 0.5, 1.0, 1.99, 2.0, 4.99, 5.0, 99.0]
    found = places(made, x=[0] * len(values), **{column: values})
    assert NONE not in found
    assert found == sorted(found)
    assert set(found) == set(range(len(made.segments)))
