"""`ridewatch alerts`, `silence`, `accept` and `review`, over stores in memory."""

import json
from datetime import datetime, timedelta

import pytest
import typer
from typer.testing import CliRunner

from contracts.alerts import AlertList
from contracts.reviews import ReviewList
from monitoring.alerts.finding import evaluate
from monitoring.alerts.transitions import daily_test, ended, transitions
from rides.alert_rules import RULES, TEST
from ridewatch.cli import app
from ridewatch.commands.moments import NEW_YORK, moment, window
from ridewatch.memory import alerts as memory
from ridewatch.memory.reports import MemoryReports
from ridewatch.memory.reviews import MemoryReviews
from tests.alarming import NOW, moved, wrong
from tests.fakes.mongodb import FakeMongo
from tests.sample_reports import MODEL, march, too_few
from tests.samples import prediction
from tests.stores import fake_stores

LATER = "2027-01-01T08:00"


@pytest.fixture
def stores(monkeypatch):
    """Put stores in memory in the place of a running stack's."""
    mongo = FakeMongo()
    for module in ("alerts", "accept", "review"):
        monkeypatch.setattr(f"ridewatch.commands.{module}.chosen_stack", lambda _: None)
        monkeypatch.setattr(f"ridewatch.commands.{module}.database_of", lambda _: mongo)
    monkeypatch.setattr("ridewatch.commands.accept.champion_of", lambda _: MODEL)
    monkeypatch.setattr("adapters.mongodb.connection.server_time", lambda _: mongo.clock())
    monkeypatch.setattr("reports.parts.Alerts", memory.MemoryAlerts)
    monkeypatch.setattr("reports.parts.Silences", memory.MemorySilences)
    monkeypatch.setattr("reports.parts.Acceptances", memory.MemoryAcceptances)
    monkeypatch.setattr("adapters.mongodb.silences.Silences", memory.MemorySilences)
    monkeypatch.setattr("adapters.mongodb.acceptances.Acceptances", memory.MemoryAcceptances)
    monkeypatch.setattr("adapters.mongodb.reports.Reports", MemoryReports)
    monkeypatch.setattr("adapters.mongodb.reviews.Reviews", MemoryReviews)
    return fake_stores(mongo)


def run(*words):
    """Run a command; give its exit code and what it prints."""
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


def printed(*words):
    """Run a command that must succeed; give what it prints."""
    code, output = run(*words)
    assert code == 0, output
    return output


def opened(stores, *reports):
    """Let alerts open."""
    found = transitions((), evaluate(RULES, reports), (), NOW)
    for transition in found:
        stores.alerts.change(transition, [])
    return [transition.alert for transition in found]


class TestAlerts:
    """`ridewatch alerts`."""

    def test_open_ones_come_first_each_with_what_to_do(self, stores):
        (old,) = opened(stores, moved(0), moved(1))
        stores.alerts.change(ended(old, "clear", NOW), [])
        opened(stores, wrong(0, 4.8), wrong(1, 4.8))
        text = printed("alerts")
        assert text.index("open      ticket  Answers are wrong by 4.8") < text.index(
            "resolved  ticket  distance has moved"
        )
        assert "docs/runbook.md#errors_grew" in text

    def test_a_script_gets_what_the_api_answers(self, stores):
        (alert,) = opened(stores, wrong(0, 4.8), wrong(1, 4.8))
        assert AlertList.model_validate_json(printed("alerts", "--json")).alerts == (alert,)

    def test_nothing_wrong_is_said_and_when_the_last_test_was(self, stores):
        assert "No alert. No test alert was sent yet" in printed("alerts")
        stores.alerts.change(daily_test(TEST, "2026-01-01", NOW), [])
        assert "has not come back" in printed("alerts")
        stores.alerts.arrived(stores.alerts.last_test().alert_id, NOW)
        assert "came back 2025-12-31 19:00 EST" in printed("alerts")


class TestSilence:
    """`ridewatch silence`."""

    def test_it_holds_until_its_time_with_who_and_why(self, stores):
        printed("silence", "column_moved", "--until", LATER, "--column", "distance", "--why", "meters", "--who", "ada")
        (silence,) = stores.silences.holding(NOW)
        assert (silence.rule, silence.subject, silence.why, silence.who) == (
            "column_moved",
            "distance",
            "meters",
            "ada",
        )
        assert silence.until == datetime(2027, 1, 1, 8, tzinfo=NEW_YORK)
        text = printed("alerts")
        assert f"silenced  column_moved distance until 2027-01-01 08:00 EST ({silence.silence_id}): meters" in text

    def test_it_can_be_taken_back(self, stores):
        printed("silence", "errors_grew", "--until", LATER, "--why", "works")
        (silence,) = stores.silences.holding(NOW)
        printed("silence", "--undo", silence.silence_id)
        assert stores.silences.holding(stores.clock()) == []
        assert run("silence", "--undo", silence.silence_id)[0] == 1

    @pytest.mark.parametrize(
        "words",
        [
            ("errors_grew", "--until", LATER),
            ("errors_grew", "--why", "works"),
            ("nobodys", "--until", LATER, "--why", "works"),
            ("errors_grew", "--until", "2019-01-01", "--why", "works"),
            ("errors_grew", "--until", "soon", "--why", "works"),
            ("--until", LATER, "--why", "works"),
        ],
    )
    def test_half_of_it_is_wrong_usage(self, stores, words):
        assert run("silence", *words)[0] == 2
        assert stores.silences.holding(NOW) == []

    def test_whoever_types_says_so(self, stores, monkeypatch):
        monkeypatch.setattr("getpass.getuser", lambda: "eve")
        printed("silence", "errors_grew", "--until", LATER, "--why", "works")
        assert stores.silences.holding(NOW)[0].who == "eve"


class TestAccept:
    """`ridewatch accept`."""

    def test_a_report_is_named_by_its_id_or_a_window_of_the_champion(self, stores):
        stores.reports.save(march(2))
        for what in (march(2).report_id, "2019-03-02", "2019-03-02/2019-03-03"):
            printed("accept", what, "--column", "distance", "--why", "a bridge", "--who", "ada")
        found = stores.acceptances.holding(MODEL)
        assert [(each.report_id, each.column) for each in found] == [(march(2).report_id, "distance")] * 3
        assert (found[0].window, found[0].who, found[0].why) == (march(2).window, "ada", "a bridge")

    def test_all_is_every_column(self, stores):
        stores.reports.save(march(2))
        assert "every column is normal" in printed("accept", "2019-03-02", "--all", "--why", "a bridge")
        assert stores.acceptances.holding(MODEL)[0].column is None

    def test_it_can_be_taken_back(self, stores):
        stores.reports.save(march(2))
        printed("accept", "2019-03-02", "--all", "--why", "a bridge")
        (found,) = stores.acceptances.holding(MODEL)
        assert f"accepted  every column as in {march(2).report_id} ({found.acceptance_id})" in printed("alerts")
        printed("accept", "--undo", found.acceptance_id, "--who", "eve")
        assert stores.acceptances.holding(MODEL) == []
        (document,) = stores.documents("acceptances").values()
        assert document["undone_by"] == "eve"
        assert run("accept", "--undo", found.acceptance_id)[0] == 1

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("2019-03-02", "--all"), 2),
            (("2019-03-02", "--why", "w"), 2),
            (("2019-03-02", "--all", "--column", "distance", "--why", "w"), 2),
            (("2019-03-02", "--column", "nobodys", "--why", "w"), 2),
            (("2019-03-02", "--column", "error", "--why", "w"), 2),
            (("--all", "--why", "w"), 2),
            (("never", "--all", "--why", "w"), 2),
            (("2019-03-09", "--all", "--why", "w"), 1),
            (("2019-03-31", "--all", "--why", "w"), 1),
        ],
    )
    def test_what_cannot_be_accepted_is_refused(self, stores, words, code):
        for report in (march(2), too_few(31)):
            stores.reports.save(report)
        assert run("accept", *words)[0] == code
        assert stores.acceptances.holding() == []


class TestReview:
    """`ridewatch review`."""

    def flagged(self, stores, *names):
        """Let predictions wait."""
        some = [prediction(name, flags=("absurd_distance",)) for name in names]
        stores.predictions.add(some, NOW)
        stores.reviews.add(some, NOW)

    def test_what_waits_is_listed(self, stores):
        self.flagged(stores, "p1", "p2")
        text = printed("review")
        assert "p2  absurd_distance: zone 10 to 50, 4.5 miles, 12.5 min by champion" in text
        assert "2 waiting" in text

    def test_page_by_page(self, stores):
        self.flagged(stores, "p1", "p2")
        assert "--before p2" in printed("review", "--limit", "1")
        found = ReviewList.model_validate_json(printed("review", "--before", "p2", "--json"))
        assert ([review.prediction_id for review in found.reviews], found.before) == (["p1"], None)

    def test_a_person_decides_several_at_once(self, stores):
        self.flagged(stores, "p1", "p2", "p3")
        said = ("--confirm", "p1", "--confirm", "p2", "--dismiss", "p3", "--why", "kilometres", "--who", "ada")
        assert "3 noted" in printed("review", *said)
        states = {name: one["state"] for name, one in stores.documents("reviews").items()}
        assert states == {"p1": "confirmed", "p2": "confirmed", "p3": "dismissed"}
        assert "confirmed by ada: kilometres" in printed("review", "--state", "confirmed")

    def test_a_decision_needs_a_reason_and_a_flag(self, stores):
        self.flagged(stores, "p1")
        assert run("review", "--confirm", "p1")[0] == 2
        assert run("review", "--confirm", "p9", "--why", "w")[0] == 1
        assert json.loads(printed("review", "--json"))["reviews"][0]["state"] == "waiting"


@pytest.mark.parametrize("words", [["alerts"], ["review"], ["silence", "--undo", "s"], ["accept", "--undo", "a"]])
def test_without_a_stack_the_exit_code_is_3(words, monkeypatch, tmp_path):
    monkeypatch.setenv("RIDEWATCH_HOME", str(tmp_path))
    assert run(*words)[0] == 3


@pytest.mark.parametrize(
    ("text", "start", "length", "kind"),
    [
        ("2019-03-06", "2019-03-06T00:00:00-05:00", timedelta(days=1), "day"),
        ("2019-03-06T08", "2019-03-06T08:00:00-05:00", timedelta(hours=1), "hour"),
        ("2019-03-06/2019-03-09", "2019-03-06T00:00:00-05:00", timedelta(days=3), "custom"),
        ("2019-03-06T05:00Z/2019-03-07T05:00Z", "2019-03-06T00:00:00-05:00", timedelta(days=1), "day"),
    ],
)
def test_a_window_is_a_day_an_hour_or_a_span(text, start, length, kind):
    found = window(text)
    assert (found.start, found.end - found.start, found.kind) == (datetime.fromisoformat(start), length, kind)


@pytest.mark.parametrize("text", ["", "soon", "2019-03-09/2019-03-06", "2019-13-01"])
def test_what_is_no_window_is_refused(text):
    with pytest.raises(typer.BadParameter):
        window(text)


def test_a_time_without_a_zone_is_new_yorks():
    assert moment("2019-03-06T08:00") == datetime(2019, 3, 6, 8, tzinfo=NEW_YORK)
