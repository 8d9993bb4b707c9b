from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from drift_report.batches import FIRST, LEAST, batches

START = datetime(2026, 1, 1, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
MOMENTS = st.lists(st.integers(0, 20_000), max_size=60).map(sorted)


class Source:
    """Rows that changed at some seconds, and how often they were asked for."""

    def __init__(self, seconds):
        self.rows = [{"_id": f"p{place}", "at": START + second * SECOND} for place, second in enumerate(seconds)]
        self.given, self.asked = 0, []

    def __call__(self, span):
        """Give what changed in a span."""
        self.asked.append(span)
        for row in self.rows:
            if span.start <= row["at"] < span.end:
                self.given += 1
                yield row


@given(MOMENTS, st.integers(1, 20))
def test_every_row_is_in_the_batch_of_its_moment_and_batches_follow_one_another(seconds, most):
    """From the start to the end, none twice, none left out."""
    source, until = Source(seconds), START + 20_001 * SECOND
    found = list(batches(source, START, until, most))
    assert [row for batch in found for row in batch.rows] == source.rows
    assert all(batch.start <= row["at"] < batch.end for batch in found for row in batch.rows)
    assert [START, *(batch.end for batch in found)] == [*(batch.start for batch in found), until]


def test_only_so_many_are_held_at_once():
    """Two lots at the most; a second with more rows than that is taken whole."""
    even, burst = Source(range(20_000)), Source([50] * 500)
    assert max(len(batch.rows) for batch in batches(even, START, START + DAY, 100)) <= 200
    assert max(len(batch.rows) for batch in batches(burst, START, START + DAY, 100)) == 500


def test_where_little_changed_spans_are_long():
    """Years of silence are a few questions, and a burst after them is not read whole to be put back."""
    silent = Source([])
    assert list(batches(silent, START, START + 3_000 * DAY, 100))[-1].end == START + 3_000 * DAY
    assert len(silent.asked) < 30
    late = Source([86_400 * 300 + second for second in range(20_000)])
    list(batches(late, START, START + 301 * DAY, 1_000))
    assert late.given < 2 * 20_000
    assert all(span.end - span.start >= LEAST for span in late.asked[:-1])


def test_a_row_that_changed_twice_is_given_once_as_it_was_read_last():
    """In one batch; in two batches it is in both."""
    rows = {0: {"_id": "p", "label": None}, 1: {"_id": "p", "label": 5.0}}

    def read(span):
        return [row for place, row in rows.items() if span.start <= START + place * FIRST < span.end]

    (batch,) = batches(read, START, START + 4 * FIRST, 10)
    assert batch.rows == [{"_id": "p", "label": 5.0}]
    assert [batch.rows for batch in batches(read, START, START + 4 * FIRST, 1)] == [[rows[0]], [rows[1]], []]


def test_no_time_is_no_batch():
    """Neither is time that runs backwards."""
    assert list(batches(Source([0]), START, START, 5)) == []
    assert list(batches(Source([0]), START, START - SECOND, 5)) == []
