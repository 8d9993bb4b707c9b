import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.errors import StoreUnavailable
from contracts.hourly import HourlyProfile
from contracts.joining import HourMark
from contracts.model import NO_MODEL
from contracts.report import Report
from drift_report import app
from drift_report.drawing import NotDrawn, draw
from drift_report.frame import frames_of
from monitoring.profiles.spec import make_spec
from tests.fakes.aws import FakeObjects
from tests.fakes.mongodb import FakeMongo
from tests.reporting import (
    DAY,
    DECLARED,
    HOUR,
    MIDNIGHT,
    ONE_WEEK,
    VERSION,
    attach,
    log,
    parts,
    publish,
    reference_columns,
)
from tests.samples import NOON, prediction, rejection
from tests.stores import fake_stores


@pytest.fixture
def mongo():
    """Give a database in memory, in 2026."""
    return FakeMongo()


@pytest.fixture
def stores(mongo):
    """Give its stores."""
    return fake_stores(mongo)


@pytest.fixture
def objects():
    """Give a bucket that holds one model version."""
    objects = FakeObjects()
    publish(objects)
    return objects


@pytest.fixture
def handler(monkeypatch, stores, objects):
    """Give the handler over all of them."""
    found = parts(stores, objects, max_windows=3)
    monkeypatch.setattr(app, "here", lambda: found)
    return app.handler


@pytest.fixture
def quick(monkeypatch):
    """Leave Evidently out of tests that are not about it."""

    def not_drawn(*_arguments):
        message = "not in this test"
        raise NotDrawn(message)

    monkeypatch.setattr("drift_report.parts.draw", not_drawn)


@pytest.mark.usefixtures("quick")
class TestHandler:
    """What the scheduled function does."""

    def test_reports_a_span_and_keeps_the_report_in_both_places(self, handler, stores, objects):
        """MongoDB holds the latest revision, S3 every one."""
        log(stores)
        (summary,) = handler(ONE_WEEK)["reports"]
        assert (summary["status"], summary["predictions"], summary["revision"]) == ("complete", 600, 1)
        kept = stores.reports.get(summary["report_id"])
        assert Report.model_validate_json(objects.bodies[f"reports/{summary['report_id']}/r1/report.json"]) == kept
        assert kept.as_of < kept.generated_at

    def test_judges_errors_of_the_durations_that_the_model_is_judged_on(self, handler, stores):
        """Rides of two hours are labels, not errors."""
        log(stores)
        (summary,) = handler(ONE_WEEK)["reports"]
        found = stores.reports.get(summary["report_id"]).performance
        assert (found.labelled, found.judged, found.coverage) == (600, 540, 1.0)
        assert (found.mae.value, found.bias.value) == (2.5, 2.5)

    def test_counts_what_the_window_holds(self, handler, stores):
        """Rides asked twice, flags, rejections of the same span."""
        log(stores)
        odd = {"served_by": "fallback", "flags": ("zero_distance", "unknown_zone")}
        again = prediction("again", "r0", pickup=MIDNIGHT, model_version=VERSION, **odd)
        stores.predictions.add([again], stores.clock())
        stores.rejections.add([rejection()], MIDNIGHT + HOUR)
        handler(ONE_WEEK)
        (report,) = stores.reports.newest(1)
        volume = report.volume
        assert (volume.predictions, volume.rides, volume.labelled, volume.fallbacks) == (601, 600, 600, 1)
        assert (volume.rejections, volume.flagged) == (1, {"zero_distance": 1, "unknown_zone": 1})

    def test_judges_hours_of_whole_weeks_only(self, handler, stores):
        """Of eight days the first seven; of one day none."""
        log(stores, span=DAY * 8, count=800)
        handler(ONE_WEEK | {"end": "2019-02-12"})
        handler(ONE_WEEK | {"end": "2019-02-05"})
        week, day = ({column.name: column for column in report.columns}["hour"] for report in stores.reports.newest(2))
        assert (week.status, week.rows, week.drifted) == ("ok", 700, False)
        assert (day.status, day.drifted) == ("not_judged", None)

    def test_running_again_makes_a_new_revision_of_the_same_report(self, handler, stores, objects):
        """The earlier one stays in S3."""
        log(stores)
        (first,), (second,) = (handler(ONE_WEEK)["reports"] for _ in range(2))
        assert (first["report_id"], first["revision"], second["revision"]) == (second["report_id"], 1, 2)
        assert len(stores.documents("reports")) == 1
        assert {f"reports/{first['report_id']}/r{number}/report.json" for number in (1, 2)} <= set(objects.bodies)

    def test_two_runs_at_once_do_not_lose_one_another(self, handler, stores, objects):
        """Each has a revision of its own, the latest stands."""
        log(stores, count=60)
        with ThreadPoolExecutor(4) as pool:
            made = [answer["reports"][0] for answer in pool.map(handler, [ONE_WEEK] * 4)]
        assert sorted(summary["revision"] for summary in made) == [1, 2, 3, 4]
        assert stores.reports.get(made[0]["report_id"]).revision == 4
        assert sum(key.endswith("report.json") for key in objects.bodies) == 4

    def test_reports_what_is_due_oldest_first_and_a_bounded_number(self, handler, stores):
        """The next run goes on; then nothing is left until something changes."""
        log(stores, span=DAY * 5, count=400)
        first, second, third = (handler({"windows": "day"}) for _ in range(3))
        starts = [report["window"]["start"][:10] for run in (first, second) for report in run["reports"]]
        assert starts == ["2019-02-04", "2019-02-05", "2019-02-06", "2019-02-07", "2019-02-08"]
        assert (first["left"], second["left"], third) == (2, 0, {"reports": [], "left": 0})

    def test_a_late_actual_restates_its_window(self, handler, stores):
        """The hour that changed and no other."""
        log(stores, span=HOUR * 2, count=200, label=False)
        assert len(handler({"windows": "hour"})["reports"]) == 2
        attach(stores, {"p0": 11.0})
        stores.hours.touch([(VERSION, MIDNIGHT)], stores.clock())
        (again,) = handler({"windows": "hour"})["reports"]
        assert (again["revision"], again["labelled"]) == (2, 1)

    def test_too_few_rows_are_a_report_that_says_so(self, handler, stores):
        """So is none at all."""
        log(stores, count=10)
        (few,) = handler(ONE_WEEK)["reports"]
        (none,) = handler(ONE_WEEK | {"start": "2018-02-04", "end": "2018-02-05"})["reports"]
        assert [(few["status"], few["predictions"]), (none["status"], none["predictions"])] == [
            ("too_few", 10),
            ("too_few", 0),
        ]
        assert stores.reports.get(few["report_id"]).evidently.status == "too_few"

    def test_no_actuals_odd_columns_and_no_drawing_are_told_in_their_place(self, handler, stores):
        """The report completes; the numbers stand."""
        log(stores, label=False, zone=None, distance="far")
        (summary,) = handler(ONE_WEEK)["reports"]
        found = stores.reports.get(summary["report_id"])
        status = {column.name: column.status for column in found.columns}
        assert (found.status, found.performance.status) == ("complete", "no_actuals")
        assert status == {
            "zone": "failed",
            "distance": "failed",
            "hour": "ok",
            "prediction": "ok",
            "actual": "no_actuals",
            "error": "no_actuals",
        }
        assert (found.evidently.status, found.evidently.note) == ("failed", "not in this test")

    def test_every_version_that_answered_in_the_span_is_reported(self, handler, stores):
        """Where none is named."""
        log(stores, count=60)
        stores.hours.touch([("other", MIDNIGHT + DAY * 30)], stores.clock())
        made = handler({"start": "2019-02-04", "end": "2019-02-11"})["reports"]
        assert [summary["model_version"] for summary in made] == [VERSION]

    def test_a_model_without_reference_fails_in_its_place_and_then_the_run(self, handler, stores):
        """The windows after it are reported; what failed is not tried for ever."""
        log(stores, count=60, span=HOUR)
        stores.hours.touch([("lost", MIDNIGHT)], stores.clock())
        with pytest.raises(app.ReportsFailed, match="lost"):
            handler({"windows": "hour"})
        assert {report.model_version: report.status for report in stores.reports.newest(5)} == {
            "lost": "failed",
            VERSION: "complete",
        }
        assert handler({"windows": "hour"})["reports"] == []

    def test_a_reference_that_is_not_its_cards_fails_in_its_place_and_then_the_run(self, handler, stores, objects):
        """What was read before it changed goes on to hold: versions never change."""
        log(stores, count=60, span=HOUR)
        objects.bodies["models/v1/profile.npy.gz"] = b"{}"
        with pytest.raises(app.ReportsFailed, match="sha256"):
            handler(ONE_WEEK)

    def test_answers_without_a_model_have_no_report(self, handler, stores):
        """Neither by the schedule nor asked for: there is nothing to hold them against, and nothing failed."""
        log(stores, count=60, span=HOUR)
        stores.hours.touch([(NO_MODEL, MIDNIGHT)], stores.clock())
        made = handler({"windows": "hour"})["reports"]
        assert [summary["model_version"] for summary in made] == [VERSION]
        assert handler(ONE_WEEK | {"model_version": NO_MODEL})["reports"] == []

    def test_hours_that_cannot_be_read_fail_in_their_place_and_then_the_run(self, handler, stores):
        """The report says so, and is not tried for ever."""
        log(stores, count=60, span=HOUR)
        unread = HourlyProfile(HourMark(VERSION, MIDNIGHT), NOON, 1, 1, 0, None, None, b"lost", b"lost")
        stores.profiles.replace(None, unread)
        with pytest.raises(app.ReportsFailed, match="hours kept of v1"):
            handler({"windows": "hour"})
        assert [report.status for report in stores.reports.newest(5)] == ["failed"]
        assert handler({"windows": "hour"})["reports"] == []

    def test_a_day_between_whole_hours_is_of_the_hours_that_begin_in_it(self, monkeypatch, stores, objects):
        """The same before its rows have settled and after."""
        found = parts(stores, objects, time_zone=ZoneInfo("Asia/Kolkata"))
        monkeypatch.setattr(app, "here", lambda: found)
        log(stores, count=72 * 6, span=DAY * 3, label=False, at=stores.clock())
        order = {"start": "2019-02-05", "end": "2019-02-06", "model_version": VERSION}
        (young,) = app.handler(order)["reports"]
        settled = replace(found, clock=lambda: stores.clock() + DAY)
        monkeypatch.setattr(app, "here", lambda: settled)
        (old,) = app.handler(order)["reports"]
        assert young["window"]["start"] == "2019-02-04T18:30:00Z"
        assert young["predictions"] == old["predictions"] == 24 * 6
        report = stores.reports.get(old["report_id"])
        assert report.judged_window.start == datetime(2019, 2, 4, 19, tzinfo=UTC)

    def test_a_store_that_is_away_is_an_error_of_the_run(self, handler, stores, mongo):
        """The schedule comes again."""
        log(stores, count=60)
        mongo.away = True
        with pytest.raises(StoreUnavailable):
            handler({"windows": "day"})


class TestDrawing:
    """Evidently's part, on small frames."""

    @pytest.mark.filterwarnings("ignore")
    def test_evidently_draws_what_can_be_drawn(self, handler, stores, objects):
        """Drift, summary and regression on a bounded sample, as HTML and JSON."""
        log(stores)
        (summary,) = handler(ONE_WEEK)["reports"]
        part = stores.reports.get(summary["report_id"]).evidently
        assert (part.status, part.rows, part.reference_rows, part.note) == ("ok", 400, 2_000, "")
        assert objects.bodies[part.html_key].startswith(b"\n<html") or b"<html" in objects.bodies[part.html_key][:500]
        names = json.dumps(json.loads(objects.bodies[part.json_key]))
        assert all(word in names for word in ("DriftedColumnsCount", "RowCount", "MAE"))

    @pytest.mark.filterwarnings("ignore")
    def test_an_all_missing_column_is_left_out_and_named(self):
        """It would end the whole report; without labels there is no regression part."""
        reference = reference_columns(300)
        spec = make_spec(DECLARED, reference)
        outcomes = ("zone", "actual", "error", "absolute_error", "squared_error")
        now = reference | dict.fromkeys(outcomes, [None] * 300)
        drawing = draw(spec, now, reference)
        assert drawing.note == (
            "Left out, for they hold no value: absolute_error, actual, error, squared_error, zone."
            " No regression part: fewer than two labelled rows."
        )
        assert b"MAE" not in drawing.json

    def test_what_evidently_cannot_draw_is_one_error(self):
        """Whatever it was."""
        spec = make_spec(DECLARED, reference_columns(10))
        with pytest.raises(NotDrawn, match="could not draw"):
            draw(spec, {}, {})

    def test_labels_beyond_the_hundred_are_other_and_only_judged_actuals_are_drawn(self):
        """Texts stay objects, for their drift is quadratic in their number."""
        reference = {"zone": list(range(300)), "actual": [10.0] * 300, "error": [1.0] * 299 + [None]}
        spec = make_spec(DECLARED, reference)
        frames = frames_of(spec, {"zone": [5, 299, None], "actual": [1.0, 2.0, 3.0], "error": [1, "x", 2]}, reference)
        assert frames.now["zone"].tolist() == ["5", "other", None]
        assert frames.reference["zone"].nunique() == 101
        assert frames.now["zone"].dtype == object
        assert frames.now["actual"].dropna().tolist() == [1.0, 3.0]
        assert frames.left_out == ("absolute_error", "distance", "hour", "prediction", "squared_error")
