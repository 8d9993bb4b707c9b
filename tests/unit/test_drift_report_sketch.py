from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift_report import sketch
from drift_report.sketch import NOTHING, merged, packed, sample, sketch_of, unpacked
from monitoring.profiles.archive import Unreadable, written

NOON = datetime(2019, 3, 1, 12, tzinfo=UTC)
RIDES = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 5)), max_size=40)


def row(name, ride="r", second=0, **told):
    """Give a row: its id, its ride, and what is said of the ride."""
    said = {"pickup_zone": 4, "distance": 1.5, "pickup_time": NOON + timedelta(seconds=second)}
    return {"_id": name, "ride": {"ride_id": ride, **said, **told}}


def rows_of(rides):
    """Give rows of rides, each its id and what is said of it."""
    return [row(f"p{place}", f"r{ride}", second) for place, (ride, second) in enumerate(rides)]


@given(RIDES, RIDES)
def test_rides_and_copies_are_counted_exactly_however_rows_came_together(some, others):
    """Below the bound."""
    rows = rows_of(some + others)
    found = merged(sketch_of(rows[: len(some)]), sketch_of(rows[len(some) :]))
    assert found.rows == len(rows)
    assert found.distinct_rides == len({ride for ride, _ in some + others})
    assert found.copies == len(rows) - len({second for _, second in some + others})


def test_a_copy_says_the_same_of_a_ride_whatever_its_ids():
    """Another distance, zone or second is another ride."""
    one, other = row("p1", "r1"), row("p2", "r2")
    assert sketch_of([one, other]).copies == 1
    assert sketch_of([one, row("p2", "r2", second=1)]).copies == 0
    assert sketch_of([one, row("p2", "r2", distance=1.6)]).copies == 0
    assert sketch_of([one, row("p2", "r2", passengers=None)]).copies == 0
    assert NOTHING.copies == NOTHING.distinct_rides == 0


@given(RIDES, st.integers(1, 4))
def test_a_sketch_survives_its_archive_and_merging_knows_no_order(rides, parts):
    """The same bytes, however the rows were parted."""
    rows = rows_of(rides)
    pieces = [sketch_of(rows[part::parts]) for part in range(parts)]
    whole = packed(sketch_of(rows))
    assert packed(reduce(merged, pieces)) == packed(reduce(merged, reversed(pieces))) == whole
    again = unpacked(whole)
    assert (packed(again), again.ids, again.rows) == (whole, sketch_of(rows).ids, len(rows))


def test_bytes_that_are_no_sketch_are_refused():
    """As those of a profile are."""
    for body in (b"nothing", written({})):
        with pytest.raises(Unreadable):
            unpacked(body)


def test_beyond_the_bound_copies_and_rides_are_estimates(monkeypatch):
    """Those with the least hashes stand for all: a fifth of 20,000 rows are copies, told within a tenth of that."""
    monkeypatch.setattr(sketch, "MOST_HASHES", 4_000)
    rows = [row(f"p{place}", f"r{place % 10_000}", second=place % 16_000) for place in range(20_000)]
    parts = [sketch_of(rows[part::3]) for part in range(3)]
    found = reduce(merged, parts)
    assert len(found.rides) == len(found.contents) == 4_000
    assert found.copies == pytest.approx(4_000, rel=0.1)
    assert found.distinct_rides == pytest.approx(10_000, rel=0.1)


def test_a_sample_is_the_same_in_whatever_order_and_parts_rows_come(monkeypatch):
    """So a report run again on the same rows draws the same picture."""
    monkeypatch.setattr(sketch, "MOST_IDS", 30)
    rows = [row(f"p{place}") for place in range(200)]
    hours = [rows[:150], rows[150:155], rows[155:]]
    straight = sample(map(sketch_of, hours), 25)
    mixed = [reduce(merged, (sketch_of(hour[::-1][part::4]) for part in range(4))) for hour in hours]
    assert sample(reversed(mixed), 25) == straight
    assert len(straight) == len(set(straight)) == 25


def test_a_sample_is_uniform_over_full_and_empty_hours(monkeypatch):
    """Each row comes as often as any other: a chi-square over hours of 10, 90 and 400 rows, of which 40 are kept."""
    monkeypatch.setattr(sketch, "MOST_IDS", 40)
    sizes, hits, drawn = (10, 90, 400), [0, 0, 0], 0
    for trial in range(300):
        hours = [
            sketch_of([row(f"{trial}-{hour}-{place}") for place in range(size)]) for hour, size in enumerate(sizes)
        ]
        names = sample(hours, 30)
        drawn += len(names)
        for name in names:
            hits[int(name.split("-")[1])] += 1
    expected = [drawn * size / sum(sizes) for size in sizes]
    statistic = sum((hit - mean) ** 2 / mean for hit, mean in zip(hits, expected, strict=True))
    assert statistic < 13.8  # the 99.9 % quantile with two degrees of freedom
    assert drawn > 300 * 29


def test_a_small_window_is_sampled_whole():
    """Every row, once."""
    rows = [row(f"p{place}") for place in range(20)]
    assert sorted(sample([sketch_of(rows[:7]), NOTHING, sketch_of(rows[7:])], 500)) == sorted(r["_id"] for r in rows)
    assert sample([NOTHING], 5) == sample([], 5) == []
