from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from adapters.errors import ObjectCorrupt
from adapters.mongodb.counted import STREAMS
from adapters.mongodb.report_news import ReportNews
from adapters.mongodb.totals import TotalsStore
from contracts.joining import Label, Rank, ToldActual
from contracts.totals import ERROR_EDGES_MINUTES, LATENCY_EDGES_MS, Span, Tally, Totals, added
from metrics_exporter.report_metrics import REPORTS
from tests.labelling import label
from tests.sample_reports import april, march
from tests.samples import MODEL, NOON, actual, prediction, rejection
from tests.stores import real_stores
from tests.views import watching

STORED = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EVER = Span(STORED - timedelta(days=1), None)


@pytest.fixture
def stores(database):
    """Every collection, indexed."""
    return real_stores(database)


@pytest.fixture
def totals(database):
    """Give the reading under test."""
    return TotalsStore(database)


def everything(totals, span=EVER):
    """Count all streams over a span."""
    return added(totals.tally(stream, span) for stream in STREAMS)


def named(totals, name, span=EVER):
    """Give the counts of one name, by label values."""
    return {key[1:]: count for key, count in everything(totals, span).counts.items() if key[0] == name}


def bin_of(value, edges):
    """Find a bin as anyone would."""
    return next((f"{edge:g}" for edge in edges if value <= edge), "+Inf")


MANY = [
    prediction(
        f"p{n}",
        f"r{n}",
        minutes=5 + n * 0.37,
        model_version=f"v{n % 3}",
        served_by="fallback" if n % 7 == 0 else "champion",
        flags=("same_zone", "zero_distance")[: n % 3],
        latency_ms=n**1.5 / 3,
        cold_start=n % 11 == 0,
        estimated_error=n * 0.013 if n % 4 else None,
    )
    for n in range(250)
]


class TestCounting:
    """What MongoDB counts is what anyone would count."""

    def test_predictions_by_every_label(self, stores, totals):
        """Against a plain count of the same predictions."""
        stores.predictions.add(MANY, STORED)
        expected = Counter()
        for one in MANY:
            version = one.model_version
            expected["predictions", version, one.served_by] += 1
            expected["latency", version, bin_of(one.latency_ms, LATENCY_EDGES_MS)] += 1
            expected["latency_us", version] += round(one.latency_ms * 1000)
            expected["cold", version] += one.cold_start
            if one.estimated_error is not None:
                expected["foreseen", version] += 1
                expected["foreseen_us", version] += round(one.estimated_error * 60e6)
            for flag in one.flags:
                expected["flagged", version, flag] += 1
        assert everything(totals).counts == {key: count for key, count in expected.items() if count}

    def test_errors_by_every_label(self, stores, totals):
        """Against a plain count, over and under apart, in whole microseconds."""
        stores.predictions.add(MANY, STORED)
        truths = {one.prediction_id: 3.0 + (n * 7 % 120) for n, one in enumerate(MANY)}
        label(stores, truths, STORED)
        expected = Counter()
        for one in MANY:
            truth = truths[one.prediction_id]
            error = one.minutes - truth
            expected["labelled", one.model_version, one.served_by] += 1
            expected["error", one.model_version, bin_of(abs(error), ERROR_EDGES_MINUTES)] += 1
            side = "over_us" if error > 0 else "under_us"
            expected[side, one.model_version] += round(abs(error) * 60e6)
            if 1 <= truth <= 60:
                expected["judged", one.model_version] += 1
                expected[f"judged_{side}", one.model_version] += round(abs(error) * 60e6)
        found = totals.tally(STREAMS[1], EVER)
        assert found.counts == dict(expected)
        assert found.newest == {"labels": STORED}

    def test_a_corrected_prediction_counts_by_its_first_actual(self, stores, totals):
        """A counter takes nothing back."""
        stores.predictions.add([prediction("r1", minutes=12.0)], STORED)
        label(stores, {"r1": 10.0}, STORED)
        told = ToldActual("a2", "r1", 60.0, None, NOON + SECOND, STORED)
        stores.predictions.label([Label("r1", 60.0, told, Rank(NOON, "a-r1"))], STORED + SECOND)
        assert named(totals, "over_us") == {(MODEL,): 120_000_000}
        assert named(totals, "under_us") == {}
        assert stores.documents("predictions")["r1"]["actual"] == 60.0

    def test_actuals_and_corrections(self, stores, totals):
        """A correction is an actual, and counts by when it was marked."""
        stores.actuals.add([actual("a1"), actual("a2"), actual("a3", "r2")], STORED)
        stores.actuals.mark_corrections(["a2"], STORED + SECOND)
        assert named(totals, "actuals") == {(): 3}
        assert named(totals, "corrections") == {(): 1}
        assert named(totals, "corrections", Span(STORED, STORED + SECOND)) == {}

    def test_rejections_and_their_problems(self, stores, totals):
        """One rejection with two problems is one rejection."""
        two = ({"field": "distance", "reason": "missing"}, {"field": "PULocationID", "reason": "less_than_equal"})
        stores.rejections.add([rejection("x1", problems=two), rejection("x2", route="/actuals")], STORED)
        assert named(totals, "rejections") == {("/predict",): 1, ("/actuals",): 1}
        assert named(totals, "problems") == {
            ("/predict", "distance", "missing"): 1,
            ("/predict", "PULocationID", "less_than_equal"): 1,
            ("/actuals", "pickup_zone", "missing"): 1,
        }

    def test_what_callers_invent_is_no_label(self, stores, totals):
        """Unknown fields and routes count together: series stay bounded."""
        invented = [
            rejection(f"x{n}", route=f"/r{n}", problems=({"field": f"f{n}", "reason": "extra_forbidden"},))
            for n in range(30)
        ]
        stores.rejections.add(invented, STORED)
        assert named(totals, "rejections") == {("other",): 30}
        assert named(totals, "problems") == {("other", "other", "extra_forbidden"): 30}


class TestSpans:
    """Spans are half-open and disjoint."""

    def test_a_span_holds_its_start_and_not_its_end(self, stores, totals):
        """Side by side, spans count everything once."""
        for n in range(4):
            stores.predictions.add([prediction(f"p{n}")], STORED + n * SECOND)
        stream = STREAMS[0]
        spans = [Span(STORED, STORED + 2 * SECOND), Span(STORED + 2 * SECOND, None)]
        assert [totals.size(stream, span) for span in spans] == [2, 2]
        assert added(totals.tally(stream, span) for span in spans) == totals.tally(stream, EVER)

    def test_nothing_is_an_empty_tally(self, totals):
        """No documents, no counts, no newest."""
        assert everything(totals) == Tally()

    def test_the_earliest_of_all_kinds_is_found(self, stores, totals):
        """Where counting begins on a first start."""
        assert totals.earliest() is None
        stores.predictions.add([prediction()], STORED)
        stores.rejections.add([rejection()], STORED - SECOND)
        assert totals.earliest() == STORED - SECOND


class TestKeeping:
    """The exporter's memory is one document, written at once."""

    def test_gives_back_what_was_kept(self, totals):
        """Keys, counts and moments come back as they were."""
        tally = Tally({("predictions", "v1.0$x", "champion"): 2**40, ("actuals",): 1}, {"actuals": STORED})
        totals.keep(Totals.of(STORED, tally))
        kept = totals.load()
        assert (kept.position, kept.tally) == (STORED, tally)

    def test_nothing_was_kept_at_first(self, totals):
        """A first start."""
        assert totals.load() is None

    def test_the_furthest_position_stays(self, totals):
        """Of several replicas the slower does not take back what the faster kept."""
        for offset, count in ((0, 1), (60, 2), (30, 9), (60, 9)):
            totals.keep(Totals.of(STORED + offset * SECOND, Tally({("actuals",): count})))
        assert totals.load().tally.counts == {("actuals",): 2}


def shown(report):
    """Give what the metrics show of a report."""
    view = watching(reports=(report,)).view
    return {metric.name: list(metric.samples(view, 0)) for metric in REPORTS}


class TestReportNews:
    """Reports as they change, without what nobody shows."""

    def test_lists_what_was_generated_since(self, stores, database):
        """With all that is shown, and without the bulk of the rest."""
        old, new = march(1, generated_at=STORED - SECOND), april(generated_at=STORED)
        stores.reports.save(old)
        stores.reports.save(new)
        (found,) = ReportNews(database).since(STORED)
        assert found.report_id == new.report_id
        assert shown(found) == shown(new)
        assert len(found.model_dump_json()) < 0.6 * len(new.model_dump_json())

    def test_a_document_of_another_shape_is_corrupt(self, database):
        """It is told, not shown."""
        database["reports"].insert_one({"_id": "x", "generated_at": STORED})
        with pytest.raises(ObjectCorrupt, match="x"):
            list(ReportNews(database).since(STORED))
