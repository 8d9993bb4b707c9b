from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.errors import StoreUnavailable
from metrics_exporter.counting import Counting
from metrics_exporter.ledger import AGES, OVERLAP, SLICE, STEP
from tests.fakes.totals import FakeTotals, Thing

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
SECONDS = st.integers(0, 1200)


def seconds(n):
    """Give so many seconds."""
    return timedelta(seconds=n)


def thing(at, late=0, stream="predictions"):
    """Stamp a thing so many seconds after the start, to be seen so many later."""
    return Thing(stream, START + seconds(at), START + seconds(at + late))


def total(tally):
    """Add up all counts."""
    return sum(tally.counts.values())


def test_everything_stored_before_the_first_start_counts():
    """A first start counts history, however old."""
    store = FakeTotals(START, [thing(-100_000), thing(-5000), thing(-1)])
    assert Counting(store).refresh().counts == {("predictions",): 3}


def test_a_document_that_becomes_visible_late_counts_once():
    """A writer that takes nearly as long as the overlap is waited for."""
    store = FakeTotals(START, [thing(10, late=170)])
    counting = Counting(store)
    seen = []
    for at in range(0, 600, 5):
        store.now = START + seconds(at)
        seen.append(total(counting.refresh()))
    assert seen[:36] == [0] * 36
    assert seen[-1] == 1
    assert max(seen) == 1


def test_settled_counts_are_kept_and_survive_what_ttl_deletes():
    """After a restart the counters go on, although the documents are gone."""
    store = FakeTotals(START, [thing(-5000), thing(-4000)])
    Counting(store).refresh()
    store.things.clear()
    assert Counting(store).refresh().counts == {("predictions",): 2}


def test_a_kill_between_settling_and_keeping_neither_loses_nor_doubles():
    """The write that keeps is the only one that settles."""
    store = FakeTotals(START, [thing(-5000), thing(-1)])
    store.fails_after = 7
    with pytest.raises(StoreUnavailable):
        Counting(store).refresh()
    store.fails_after = None
    assert total(Counting(store).refresh()) == 2


def test_a_history_too_large_for_one_reading_is_read_in_parts():
    """A time limit that an hour does not meet is met by less, without anybody's help."""
    store = FakeTotals(START, [thing(-at) for at in range(240, 7200, 10)])
    store.bears = 40
    counting = Counting(store)
    for _ in range(5):
        with suppress(StoreUnavailable):
            counting.refresh()
    assert total(counting.refresh()) == len(store.things)


def test_an_unchanged_slice_is_not_aggregated_again():
    """A document is aggregated a few times in its life, however often the exporter refreshes."""
    store = FakeTotals(START, [thing(7)])
    counting = Counting(store)
    for at in range(0, 900, 1):
        store.now = START + seconds(at)
        counting.refresh()
    assert store.tallied[thing(7)] <= 1 + SLICE.total_seconds()


def test_with_patience_a_document_is_aggregated_once():
    """What is seen within some seconds of its stamp is read when its slice has been closed for as long."""
    store = FakeTotals(START, [thing(7, late=2), thing(9)])
    counting = Counting(store, seconds(3))
    shown = []
    for at in range(0, 900, 1):
        store.now = START + seconds(at)
        shown.append(total(counting.refresh()))
    assert set(store.tallied.values()) == {1}
    assert shown.index(2) == 13
    assert shown[-1] == 2


def test_with_patience_nothing_late_is_lost():
    """One that becomes visible after its slice was read is found when the slice is read again, or settled."""
    store = FakeTotals(START, [thing(7), thing(8, late=20), thing(9, late=170)])
    counting = Counting(store, seconds(3))
    for at in range(0, 900, 3):
        store.now = START + seconds(at)
        shown = total(counting.refresh())
    assert shown == 3


def test_a_quiet_refresh_costs_few_questions():
    """Slices are looked at when they age past a milestone, not at every refresh."""
    store = FakeTotals(START)
    counting = Counting(store)
    counting.refresh()
    store.now += SLICE
    counting.refresh()
    asked = 100_000
    store.now, store.fails_after = store.now + SLICE, asked
    counting.refresh()
    most = (len(AGES) + 3) * len(store.streams) + 1
    assert asked - store.fails_after <= most


def test_what_is_stamped_ahead_of_the_clock_counts_at_once():
    """The newest slice is open: a stamp in the future is not lost between slices."""
    store = FakeTotals(START, [Thing("labels", START + seconds(400), START)])
    counting = Counting(store)
    assert total(counting.refresh()) == 1
    for at in range(0, 1200, 50):
        store.now = START + seconds(at)
        assert total(counting.refresh()) == 1


def test_a_slice_that_was_open_is_read_again_once_it_is_closed():
    """What the open slice held beyond its end belongs to the next: it must not count in both."""
    store = FakeTotals(START, [Thing("labels", START + SLICE, START)])
    counting = Counting(store)
    assert total(counting.refresh()) == 1
    store.now = START + SLICE + seconds(1)
    assert total(counting.refresh()) == 1


def test_what_an_open_slice_held_is_never_settled_unread():
    """After a pause, equal sizes of an open slice and of the span it lies in prove nothing."""
    late = thing(57, late=20, stream="labels")
    store = FakeTotals(START, [Thing("labels", START + OVERLAP * 3, START), late])
    counting = Counting(store)
    for at in (0, 57, 240, 2400):
        store.now = START + seconds(at)
        shown = total(counting.refresh())
    assert shown == 2
    assert store.tallied[late] == 1


def test_newest_is_the_newest_of_all_ever_seen():
    """The age of the data is told from the newest stamp, settled or not."""
    store = FakeTotals(START, [thing(-5000), thing(-3)])
    counting = Counting(store)
    assert counting.refresh().newest == {"predictions": START - seconds(3)}
    store.now = START + OVERLAP + STEP * 2
    assert counting.refresh().newest == {"predictions": START - seconds(3)}


things = st.lists(
    st.builds(thing, SECONDS, st.integers(-30, 179), st.sampled_from(["predictions", "labels"])), max_size=25
)
moves = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 7), st.integers(0, 250)),
        st.sampled_from(["go", "go", "restart", "fail"]),
        st.integers(0, 80),
    )
)


@given(things, moves, st.integers(0, 300))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_doubled_or_ever_taken_back(some, course, begin):
    """Whatever the writers' delays, refresh times, failures and restarts: every document counts once."""
    store = FakeTotals(START + seconds(begin), some)
    counting, shown = Counting(store), 0
    for step, event, when in course:
        store.now += seconds(step)
        store.fails_after = when if event == "fail" else None
        counting = Counting(store) if event == "restart" else counting
        try:
            now = total(counting.refresh())
        except StoreUnavailable:
            continue
        visible = sum(one.visible_at <= store.now for one in some)
        assert shown <= now <= visible
        shown = now
    store.now, store.fails_after = store.now + seconds(3000), None
    assert total(counting.refresh()) == len(some)
    assert total(Counting(store).refresh()) == len(some)
