from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from contracts.hourly import HourlyProfile, HourVolume, LabelledRow
from contracts.joining import HourMark, Label, PredictedRide, Rank, ToldActual
from contracts.report_list import ReportSummary
from contracts.totals import Span
from contracts.window import Window
from tests.sample_reports import april, march, spring, unlabelled
from tests.samples import MODEL, NOON, PICKUP, actual, prediction, rejection
from tests.stores import real_stores

HOUR = datetime(2019, 3, 1, 11, tzinfo=UTC)
STORED = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LATER = STORED + MINUTE
ODD_MOMENT = datetime(2026, 1, 1, 0, 0, 0, 123_456, tzinfo=UTC)
TOLD = ToldActual("a1", "r1", 15.0, None, NOON, STORED)


def window(start: datetime, hours: int = 1) -> Window:
    """Give a window of some hours."""
    return Window(kind="hour", start=start, end=start + timedelta(hours=hours))


def relabel(stores, name, minutes, moments):
    """Give a prediction one actual after the other."""
    told = [TOLD._replace(actual_id=f"a{place}") for place in range(len(minutes))]
    before = [None, *(each.rank for each in told)]
    for value, each, known, moment in zip(minutes, told, before, moments, strict=False):
        assert stores.predictions.label([Label(name, value, each, known)], moment) == 1


def hourly(hour: datetime = HOUR, version: str = MODEL, **changes) -> HourlyProfile:
    """Give what is kept of an hour."""
    fields = {
        "settled_until": STORED,
        "rows": 3,
        "rides": 2,
        "copies": 1,
        "newest_event": hour + MINUTE,
        "newest_stored": STORED,
        "profile": b"counts\x00",
        "sketch": b"hashes",
    }
    return HourlyProfile(mark=HourMark(version, hour), **fields | changes)


class TestPredictions:
    """What every store of predictions must do."""

    def test_keeps_the_contracts_fields_the_event_time_and_the_moment_of_storing(self, stores):
        """What is stored is what was logged."""
        stores.predictions.add([prediction("p1")], STORED)
        (document,) = stores.documents("predictions").values()
        assert document["_id"] == document["prediction_id"] == "p1"
        assert document["ride"]["pickup_time"] == document["event_time"] == PICKUP
        assert document["features"]["passengers"] is None
        assert document["flags"] == ["same_zone"]
        assert document["stored_at"] == STORED
        assert "actual" not in document

    def test_keeps_milliseconds(self, stores):
        """Times are cut to what BSON holds."""
        stores.predictions.add([prediction(predicted_at=ODD_MOMENT)], STORED)
        assert stores.documents("predictions")["p1"]["predicted_at"].microsecond == 123_000

    def test_delivered_twice_is_stored_once_with_the_first_stamp(self, stores):
        """A redelivery changes nothing, also beside something new."""
        stores.predictions.add([prediction("p1")], STORED)
        stores.predictions.add([prediction("p1", minutes=99.0), prediction("p2")], LATER)
        documents = stores.documents("predictions")
        assert {name: document["stored_at"] for name, document in documents.items()} == {"p1": STORED, "p2": LATER}
        assert documents["p1"]["minutes"] == 12.5

    def test_twice_in_one_delivery_is_stored_once(self, stores):
        """Duplicates within one batch are one."""
        stores.predictions.add([prediction("p1"), prediction("p1")], STORED)
        assert list(stores.documents("predictions")) == ["p1"]

    def test_nothing_to_add_is_nothing(self, stores):
        """An empty batch is no error."""
        stores.predictions.add([], STORED)
        assert stores.documents("predictions") == {}

    def test_a_window_holds_its_start_and_not_its_end_and_one_version(self, stores):
        """Windows are half-open, by event time and model version."""
        moments = {"before": HOUR - timedelta(seconds=1), "start": HOUR, "end": HOUR + timedelta(hours=1)}
        stores.predictions.add([prediction(name, pickup=moment) for name, moment in moments.items()], STORED)
        stores.predictions.add([prediction("other", pickup=HOUR, model_version="v2")], STORED)
        assert [found["_id"] for found in stores.predictions.window(MODEL, window(HOUR), ["minutes"])] == ["start"]

    def test_a_window_gives_the_fields_asked_for(self, stores):
        """Nested fields keep their place, absent ones stay absent."""
        stores.predictions.add([prediction()], STORED)
        (found,) = stores.predictions.window(MODEL, window(HOUR), ["minutes", "features.hour", "actual"])
        assert found == {"_id": "p1", "minutes": 12.5, "features": {"hour": 6}}

    def test_finds_the_predictions_of_rides_however_many(self, stores):
        """More rides than fit in one question are asked for in several."""
        stores.predictions.add([prediction(f"p{i}", f"r{i}") for i in range(120)], STORED)
        stores.predictions.add([prediction("again", "r7")], STORED)
        found = stores.predictions.of_rides([f"r{i}" for i in range(7, 119)] + ["never"])
        assert {ride.prediction_id for ride in found} == {f"p{i}" for i in range(7, 119)} | {"again"}
        assert PredictedRide("p7", "r7", MODEL, PICKUP, None) in found

    def test_the_first_label_is_attached_and_remembered(self, stores):
        """A label brings the minutes, where they are from, and when they came."""
        stores.predictions.add([prediction()], STORED)
        assert stores.predictions.label([Label("p1", 15.0, TOLD, None)], LATER) == 1
        document = stores.documents("predictions")["p1"]
        assert (document["actual"], document["actual_id"], document["actual_received_at"]) == (15.0, "a1", NOON)
        assert (document["actual_stored_at"], document["labelled_at"]) == (STORED, LATER)
        assert document["first_actual"] == 15.0
        assert stores.predictions.of_rides(["r1"])[0].joined == Rank(NOON, "a1")

    def test_a_correction_replaces_all_but_the_first(self, stores):
        """The latest actual counts; the first and its moment stay."""
        stores.predictions.add([prediction()], STORED)
        stores.predictions.label([Label("p1", 15.0, TOLD, None)], LATER)
        correction = Label("p1", 20.0, TOLD._replace(actual_id="a2"), TOLD.rank)
        assert stores.predictions.label([correction], LATER + timedelta(1)) == 1
        document = stores.documents("predictions")["p1"]
        assert (document["actual"], document["actual_id"]) == (20.0, "a2")
        assert (document["first_actual"], document["labelled_at"]) == (15.0, LATER)

    def test_every_label_is_remembered_with_its_moment(self, stores):
        """The first, and those after it, in their order."""
        stores.predictions.add([prediction()], STORED)
        relabel(stores, "p1", [15.0, 20.0, 18.0], [LATER, LATER + MINUTE, LATER + 2 * MINUTE])
        document = stores.documents("predictions")["p1"]
        assert (document["first_actual"], document["labelled_at"]) == (15.0, LATER)
        assert document["relabels"] == [
            {"minutes": 20.0, "at": LATER + MINUTE},
            {"minutes": 18.0, "at": LATER + 2 * MINUTE},
        ]
        assert (document["actual"], document["actual_id"]) == (18.0, "a2")

    def test_a_label_that_lost_a_race_changes_nothing(self, stores):
        """What was labelled since it was read is left alone, and not counted."""
        stores.predictions.add([prediction("p1"), prediction("p2", "r2")], STORED)
        stores.predictions.label([Label("p1", 20.0, TOLD._replace(actual_id="a2"), None)], LATER)
        late = [Label("p1", 15.0, TOLD, None), Label("p2", 15.0, TOLD, None)]
        assert stores.predictions.label(late, LATER) == 1
        assert stores.documents("predictions")["p1"]["actual"] == 20.0


class TestChangedPredictions:
    """What every store of predictions can tell of what changed in a span of the server's clock."""

    SPAN = Span(LATER, LATER + MINUTE)

    def changed(self, stores, span=SPAN, where=None):
        """Give the ids of what changed, each as often as it was given."""
        return sorted(found["_id"] for found in stores.predictions.changed(MODEL, where, ["minutes"], span))

    def test_it_was_stored_or_labelled_first_or_again_within_the_span(self, stores):
        """The span's start is in it, its end is not; what changed in two ways is given once."""
        early = ["labelled", "again", "long_before", "long_after"]
        stores.predictions.add([prediction(name) for name in early], STORED)
        stores.predictions.add([prediction("stored"), prediction("both")], LATER)
        stores.predictions.add([prediction("too_late")], LATER + MINUTE)
        relabel(stores, "labelled", [15.0], [LATER])
        relabel(stores, "again", [15.0, 16.0], [STORED, LATER])
        relabel(stores, "both", [15.0, 16.0], [LATER, LATER + MINUTE / 2])
        relabel(stores, "long_before", [15.0], [STORED])
        relabel(stores, "long_after", [15.0], [LATER + MINUTE])
        assert self.changed(stores) == ["again", "both", "labelled", "stored"]

    def test_what_was_labelled_again_later_may_have_changed_within(self, stores):
        """Each label counts, not the last alone; never what was labelled again before the span."""
        stores.predictions.add([prediction("hidden"), prediction("before"), prediction("after")], STORED)
        relabel(stores, "hidden", [15.0, 16.0, 17.0], [STORED, LATER, LATER + 2 * MINUTE])
        relabel(stores, "before", [15.0, 16.0], [STORED, LATER - MINUTE / 2])
        relabel(stores, "after", [15.0, 16.0, 17.0], [STORED, LATER + MINUTE, LATER + 2 * MINUTE])
        assert self.changed(stores) == ["hidden"]

    def test_only_one_version_and_one_window_of_event_time_if_there_is_one(self, stores):
        """Windows are half-open."""
        moments = {"before": HOUR - MINUTE, "start": HOUR, "end": HOUR + 60 * MINUTE}
        stores.predictions.add([prediction(name, pickup=moment) for name, moment in moments.items()], LATER)
        stores.predictions.add([prediction("other", pickup=HOUR, model_version="v2")], LATER)
        for name in moments:
            relabel(stores, name, [15.0, 16.0], [LATER, LATER + MINUTE])
        assert self.changed(stores, where=window(HOUR)) == ["start"]
        assert self.changed(stores) == ["before", "end", "start"]

    def test_an_open_span_has_no_end(self, stores):
        """From its start on."""
        for name, moment in (("old", STORED), ("new", LATER), ("newest", LATER + 9 * MINUTE)):
            stores.predictions.add([prediction(name)], moment)
        assert self.changed(stores, Span(LATER, None)) == ["new", "newest"]

    def test_the_fields_asked_for_come_with_it(self, stores):
        """Nested ones in their place, lists too; its version and its time always."""
        stores.predictions.add([prediction()], STORED)
        relabel(stores, "p1", [15.0, 20.0], [LATER, LATER + MINUTE])
        fields = ["features.hour", "minutes", "labelled_at", "relabels", "never"]
        assert list(stores.predictions.changed(MODEL, None, fields, Span(STORED, None))) == [
            {
                "_id": "p1",
                "model_version": MODEL,
                "event_time": PICKUP,
                "features": {"hour": 6},
                "minutes": 12.5,
                "labelled_at": LATER,
                "relabels": [{"minutes": 20.0, "at": LATER + MINUTE}],
            }
        ]

    def test_the_first_labelled_ones_come_in_their_order_and_no_moment_is_parted(self, stores):
        """Of one moment in that of their ids; of one version; the first label counts."""
        labels = {"p3": STORED, "p1": LATER, "p4": LATER, "p2": LATER, "p5": LATER + MINUTE}
        stores.predictions.add([prediction(name) for name in labels], STORED)
        stores.predictions.add([prediction("p0", model_version="v2")], STORED)
        for name, moment in (*labels.items(), ("p0", LATER)):
            relabel(stores, name, [15.0, 20.0], [moment, moment + 9 * MINUTE])
        span = Span(STORED, LATER + MINUTE)
        found = {rows: [row.row_id for row in stores.predictions.labelled(MODEL, span, rows)] for rows in (1, 2, 9)}
        assert found == {1: ["p3"], 2: ["p3", "p1", "p2", "p4"], 9: ["p3", "p1", "p2", "p4"]}
        assert stores.predictions.labelled(MODEL, span, 1) == [LabelledRow("p3", 12.5, 15.0, STORED, PICKUP)]
        assert stores.predictions.labelled("v3", span, 9) == []

    def test_found_by_their_ids_however_many(self, stores):
        """Once each; an unknown one is left out."""
        stores.predictions.add([prediction(f"p{place}") for place in range(130)], STORED)
        asked = [f"p{place}" for place in range(120)] + ["p7", "never"]
        found = stores.predictions.by_id(asked, ["minutes"])
        assert sorted(document["_id"] for document in found) == sorted(f"p{place}" for place in range(120))
        assert found[0] == {"_id": found[0]["_id"], "minutes": 12.5}
        assert stores.predictions.by_id([], ["minutes"]) == []


class TestProfiles:
    """What every store of hourly profiles must do."""

    def test_a_position_never_goes_back(self, stores):
        """Of each version by itself."""
        assert stores.profiles.position(MODEL) is None
        for moment in (STORED, LATER, STORED + MINUTE / 2):
            stores.profiles.advance(MODEL, moment)
        stores.profiles.advance("v2", STORED)
        assert (stores.profiles.position(MODEL), stores.profiles.position("v2")) == (LATER, STORED)

    def test_an_hour_is_given_back_as_it_was_kept(self, stores):
        """Bytes, moments, what is not known."""
        kept = hourly(newest_event=None, newest_stored=LATER)
        assert stores.profiles.of(kept.mark) is None
        assert stores.profiles.replace(None, kept)
        assert stores.profiles.of(kept.mark) == kept

    def test_an_hour_is_replaced_only_as_it_was_known(self, stores):
        """Compare and swap: whoever read an older state has to read again."""
        first, second, third = (hourly(settled_until=STORED + place * MINUTE, rows=place) for place in range(3))
        assert stores.profiles.replace(None, first)
        assert stores.profiles.replace(first, second)
        assert not stores.profiles.replace(first, third)
        assert not stores.profiles.replace(None, third)
        assert stores.profiles.of(first.mark) == second

    def test_what_is_not_there_is_not_replaced(self, stores):
        """It was known once; now it is not."""
        assert not stores.profiles.replace(hourly(), hourly(settled_until=LATER))
        assert stores.profiles.of(hourly().mark) is None

    def test_of_many_at_once_one_wins(self, stores):
        """Whether the hour is new or known; the winner's stands."""
        tries = [hourly(settled_until=STORED + place * MINUTE, rows=place) for place in range(12)]
        known = None
        for chances in (tries[:6], tries[6:]):
            with ThreadPoolExecutor(6) as pool:
                won = list(pool.map(lambda wanted, known=known: stores.profiles.replace(known, wanted), chances))
            assert sum(won) == 1
            known = chances[won.index(True)]
            assert stores.profiles.of(known.mark) == known

    def test_a_window_gives_its_hours_in_order_and_one_version(self, stores):
        """From its start, without its end."""
        hours = [HOUR + timedelta(hours=place) for place in (2, 0, 1, -1)]
        for hour in hours:
            stores.profiles.replace(None, hourly(hour))
        stores.profiles.replace(None, hourly(HOUR, version="v2"))
        found = stores.profiles.window(MODEL, window(HOUR, hours=2))
        assert [each.mark for each in found] == [HourMark(MODEL, HOUR), HourMark(MODEL, HOUR + timedelta(hours=1))]

    def test_volumes_are_of_every_version_or_of_one(self, stores):
        """Rows of each hour of a span, and when the last of them was stored."""
        for version, hour, rows in ((MODEL, HOUR, 5), ("v2", HOUR, 7), (MODEL, HOUR + timedelta(hours=1), 9)):
            stores.profiles.replace(None, hourly(hour, version=version, rows=rows, newest_stored=LATER))
        found = stores.profiles.volumes(HOUR, HOUR + timedelta(hours=1))
        assert sorted(found) == [
            HourVolume(HourMark(MODEL, HOUR), 5, LATER),
            HourVolume(HourMark("v2", HOUR), 7, LATER),
        ]
        assert stores.profiles.volumes(HOUR, HOUR + timedelta(hours=1), "v2") == [
            HourVolume(HourMark("v2", HOUR), 7, LATER)
        ]


class TestActuals:
    """What every store of actuals must do."""

    def test_keeps_every_actual_once(self, stores):
        """Corrections are history, redeliveries are nothing."""
        stores.actuals.add([actual("a1"), actual("a2", minutes=20.0)], STORED)
        stores.actuals.add([actual("a1")], LATER)
        assert {name: a["stored_at"] for name, a in stores.documents("actuals").items()} == {
            "a1": STORED,
            "a2": STORED,
        }

    def test_finds_the_actuals_of_rides(self, stores):
        """Minutes or drop-off time, as they were told."""
        stores.actuals.add([actual("a1"), actual("a2", "r2", None, dropoff_time=NOON), actual("a3", "r3")], STORED)
        found = stores.actuals.of_rides(["r1", "r2"])
        assert sorted(found) == [TOLD, ToldActual("a2", "r2", None, NOON, NOON, STORED)]

    def test_a_problem_is_marked_whichever_comes_first(self, stores):
        """Of two problems of one actual the same stays in either order."""
        stores.actuals.add([actual("a1"), actual("a2"), actual("a3")], STORED)
        stores.actuals.mark({"a1": "too_long", "a2": "dropoff_before_pickup"})
        stores.actuals.mark({"a1": "dropoff_before_pickup", "a2": "too_long"})
        documents = stores.documents("actuals")
        assert [documents[name].get("problem") for name in ("a1", "a2", "a3")] == ["too_long", "too_long", None]

    def test_a_correction_keeps_its_first_stamp(self, stores):
        """Marked again, an actual counts as a correction from when it first did; the others are none."""
        stores.actuals.add([actual("a1"), actual("a2"), actual("a3")], STORED)
        stores.actuals.mark_corrections(["a2"], STORED)
        stores.actuals.mark_corrections(["a2", "a3"], LATER)
        documents = stores.documents("actuals")
        assert [documents[name].get("correction_at") for name in ("a1", "a2", "a3")] == [None, STORED, LATER]

    def test_no_problem_is_no_work(self, stores):
        """Nothing to mark is no error."""
        stores.actuals.mark({})
        assert stores.documents("actuals") == {}


class TestRejections:
    """What every store of rejections must do."""

    def test_delivered_twice_is_stored_once(self, stores):
        """A redelivery changes nothing."""
        for moment in (STORED, LATER):
            stores.rejections.add([rejection()], moment)
        (document,) = stores.documents("rejections").values()
        assert (document["_id"], document["stored_at"]) == ("x1", STORED)
        assert document["problems"] == [{"field": "pickup_zone", "reason": "missing", "message": "Field required"}]


class TestRejectionCounts:
    """What every store of rejections can count."""

    def test_counts_what_was_stored_within_a_span(self, stores):
        """The start is in it, the end is not."""
        for name, moment in (("x1", HOUR), ("x2", HOUR + timedelta(minutes=59)), ("x3", HOUR + timedelta(hours=1))):
            stores.rejections.add([rejection(name)], moment)
        assert stores.rejections.count(window(HOUR)) == 2


class TestRejectionReasons:
    """What every store of rejections can tell of why."""

    def test_problems_are_counted_by_field_and_reason_the_most_frequent_first(self, stores):
        """Of requests stored within a span; a request may have several."""
        missing, odd = problem("pickup_zone", "missing"), problem("distance", "less_than_equal")
        for name, problems in (("x1", (missing, odd)), ("x2", (odd,)), ("x3", (odd, problem("distance", "missing")))):
            stores.rejections.add([rejection(name, problems=problems)], HOUR)
        stores.rejections.add([rejection("later", problems=(missing,))], HOUR + timedelta(hours=1))
        assert list(stores.rejections.by_reason(window(HOUR)).items()) == [
            (("distance", "less_than_equal"), 3),
            (("distance", "missing"), 1),
            (("pickup_zone", "missing"), 1),
        ]
        assert stores.rejections.by_reason(window(HOUR - timedelta(days=1))) == {}

    def test_only_so_many_reasons_are_told(self, stores):
        """A caller's own field names may be among the fields."""
        for place in range(60):
            problems = [problem(f"field{place:02}", "extra_forbidden")] * (2 if place == 59 else 1)
            stores.rejections.add([rejection(f"x{place}", problems=tuple(problems))], HOUR)
        found = stores.rejections.by_reason(window(HOUR))
        assert len(found) == 50
        assert next(iter(found)) == ("field59", "extra_forbidden")


def problem(field, reason):
    """Give one problem of a request."""
    return {"field": field, "reason": reason, "message": "No."}


class TestHours:
    """What every store of hour marks must do."""

    def test_an_hour_is_one_document_that_knows_its_last_change(self, stores):
        """Marks never go back in time."""
        for moment in (LATER, STORED):
            stores.hours.touch([(MODEL, HOUR), HourMark(MODEL, HOUR)], moment)
        assert stores.documents("hours") == {
            f"{MODEL}|2019-03-01T11Z": {
                "_id": f"{MODEL}|2019-03-01T11Z",
                "model_version": MODEL,
                "hour": HOUR,
                "changed_at": LATER,
            }
        }

    def test_lists_what_changed_after_a_moment(self, stores):
        """Of one version or of all; the moment itself is not after."""
        stores.hours.touch([(MODEL, HOUR)], STORED)
        stores.hours.touch([("v2", HOUR), (MODEL, HOUR + timedelta(hours=1))], LATER)
        assert stores.hours.changed_since(None, STORED) == [
            HourMark(MODEL, HOUR + timedelta(hours=1)),
            HourMark("v2", HOUR),
        ]
        assert stores.hours.changed_since("v2", STORED) == [HourMark("v2", HOUR)]
        assert stores.hours.changed_since(None, LATER) == []

    def test_tells_when_each_hour_last_changed(self, stores):
        """Of every version, after a moment."""
        stores.hours.touch([(MODEL, HOUR)], STORED)
        stores.hours.touch([("v2", HOUR)], LATER)
        assert stores.hours.changes(STORED - timedelta(days=1)) == {(MODEL, HOUR): STORED, ("v2", HOUR): LATER}
        assert stores.hours.changes(STORED) == {("v2", HOUR): LATER}

    def test_knows_the_versions_and_the_range_of_each(self, stores):
        """From the first hour with data to the last."""
        stores.hours.touch([(MODEL, HOUR + timedelta(hours=n)) for n in (5, 0, 3)] + [("v2", HOUR)], STORED)
        assert stores.hours.versions() == [MODEL, "v2"]
        assert stores.hours.range(MODEL) == (HOUR, HOUR + timedelta(hours=5))
        assert stores.hours.range("never") is None

    def test_no_marks_are_no_work(self, stores):
        """Nothing to touch is no error."""
        stores.hours.touch([], STORED)
        assert stores.hours.versions() == []


class TestReports:
    """What every store of reports must do."""

    def test_gives_back_the_latest_revision(self, stores):
        """A report is replaced by its next revision."""
        for revision in (1, 2):
            stores.reports.save(march(revision=revision))
        assert stores.reports.get(march().report_id) == march(revision=2)
        assert len(stores.documents("reports")) == 1

    def test_never_falls_back_to_an_older_revision(self, stores):
        """Of two runs at once the slower one may have begun first."""
        for revision in (2, 1):
            stores.reports.save(march(revision=revision))
        assert stores.reports.get(march().report_id) == march(revision=2)

    def test_everyone_who_asks_gets_a_revision_of_its_own(self, stores):
        """Also at once; each report counts by itself."""
        with ThreadPoolExecutor(8) as pool:
            taken = list(pool.map(stores.reports.next_revision, ["one"] * 24))
        assert sorted(taken) == list(range(1, 25))
        assert stores.reports.next_revision("other") == 1

    def test_tells_as_of_when_each_report_is(self, stores):
        """Of those made after a moment."""
        for report in (march(1), march(2)):
            stores.reports.save(report)
        as_of = march(2).as_of
        assert stores.reports.reported(march(1).as_of) == {march(2).report_id: as_of}
        assert stores.reports.reported(as_of) == {}

    def test_an_unknown_report_is_none(self, stores):
        """There is no report before there is one."""
        assert stores.reports.get("never") is None

    def test_lists_the_newest_windows_first(self, stores):
        """By the window's end, bounded, and from there on back."""
        reports = [march(2), april(), march(1)]
        for report in reports:
            stores.reports.save(report)
        assert stores.reports.newest(2) == [april(), march(2)]
        assert stores.reports.newest(5, before=march(2).window.end) == [march(1)]

    def test_the_list_goes_back_over_days_without_reports(self, stores):
        """And two end together on each day that has some."""
        reports = [march(day, model_version=version) for day in (20, 12, 5, 4, 2, 1) for version in ("v2", "v1")]
        reports = [report.model_copy(update={"report_id": f"r{place}"}) for place, report in enumerate(reports)]
        for report in reversed(reports):
            stores.reports.save(report)
        assert stores.reports.newest(20) == reports
        for limit in range(1, len(reports)):
            assert stores.reports.newest(limit) == reports[:limit]
        assert stores.reports.newest(3, before=reports[4].window.end) == reports[6:9]
        assert stores.reports.newest(3, before=reports[-1].window.end) == []

    def test_numbers_are_the_reports_without_histograms(self, stores):
        """What a table is made of, the newest first."""
        for report in (march(1), april()):
            stores.reports.save(report)
        found = list(stores.reports.numbers(5))
        assert [report.report_id for report in found] == [april().report_id, march(1).report_id]
        assert found[0].segments == april().segments
        assert {column.histogram for column in found[0].columns} == {None}
        assert [report.report_id for report in stores.reports.numbers(5, april().window.end)] == [march(1).report_id]

    def test_all_numbers_come_oldest_first(self, stores):
        """Of windows that ended after a moment."""
        for report in (march(2), april(), march(1)):
            stores.reports.save(report)
        ids = [report.report_id for report in stores.reports.numbers_since(march(1).window.end)]
        assert ids == [march(2).report_id, april().report_id]
        assert len(list(stores.reports.numbers_since(march(1).window.start))) == 3

    def test_summaries_are_lines_of_the_reports(self, stores):
        """Each says what its report says, also where nothing is labelled."""
        reports = [april(), unlabelled(), march(1)]
        for report in reports:
            stores.reports.save(report)
        assert stores.reports.summaries(5) == list(map(ReportSummary.of, reports))
        assert stores.reports.summaries(1, before=april().window.end) == [ReportSummary.of(unlabelled())]

    def test_a_line_of_a_report_from_before_a_field_was_is_still_read(self, database):
        """A list is not lost for one old document."""
        stores = real_stores(database)
        stores.reports.save(march(1))
        database["reports"].update_one({"_id": march(1).report_id}, {"$unset": {"performance.worse": 1, "segments": 1}})
        assert stores.reports.summaries(5)[0].worse is None
        assert stores.reports.get(march(1).report_id).segments == ()

    def test_reports_from_before_days_were_noted_are_listed(self, database):
        """Once the indexes are ensured, as at every start of record."""
        real_stores(database).reports.save(march(1))
        database["report_days"].drop()
        assert real_stores(database).reports.newest(5) == [march(1)]

    def test_earlier_windows_are_of_the_same_kind_and_model(self, stores):
        """The latest first, bounded, not from long before, and never the window itself or one after it."""
        for report in (*spring(), march(2, model_version="other", report_id="other")):
            stores.reports.save(report)
        found = stores.reports.earlier(march(5), 3)
        assert [line.report_id for line in found] == [march(day).report_id for day in (4, 3, 2)]
        assert [line.report_id for line in stores.reports.earlier(april(), 5)] == [march(kind="custom").report_id]
        assert stores.reports.earlier(march(1), 3) == []
        assert stores.reports.earlier(april(1, "day"), 3) == []
