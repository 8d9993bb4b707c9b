"""Alerts go beside the reports: judged after each, sent once, and never a report's to fail by."""

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.errors import StoreUnavailable
from contracts.alerts import Acceptance, Silence
from contracts.joining import HourMark
from drift_report import app
from drift_report.alerts import Series, catch_up, judge
from drift_report.drawing import NotDrawn
from drift_report.notices import notice_of
from drift_report.sending import LEASE, send
from monitoring.alerts.finding import evaluate
from monitoring.alerts.transitions import daily_test, ended, transitions
from rides.alert_rules import RULES, TEST
from tests.alarming import NOW, moved, told, window, wrong
from tests.fakes.aws import FakeObjects
from tests.fakes.mongodb import FakeMongo
from tests.reporting import DAY, MIDNIGHT, VERSION, log, parts, publish
from tests.stores import fake_stores

BAD = 4.8
DAYS = Series("v1", "day")
ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def mongo():
    """Give a database in memory."""
    return FakeMongo()


@pytest.fixture
def stores(mongo):
    """Give its stores."""
    return fake_stores(mongo)


@pytest.fixture
def world(stores):
    """Give a process over them, without a model."""
    return parts(stores, FakeObjects())


def keep(stores, *reports):
    """Store reports."""
    for report in reports:
        stores.reports.save(report)


def days(*errors, **more):
    """Give a report for each day."""
    return [wrong(place, mae, **more) for place, mae in enumerate(errors)]


def actions(found):
    """Name what was found."""
    return [(transition.action, transition.alert.rule) for transition in found]


class TestJudging:
    """The last windows of a series."""

    def test_what_the_rules_find_is_kept_and_is_news_once(self, world, stores):
        keep(stores, *days(BAD, BAD))
        assert actions(judge(world, DAYS)) == [("opened", "errors_grew")]
        assert judge(world, DAYS) == []
        assert [alert.rule for alert in stores.alerts.open()] == ["errors_grew"]

    def test_a_series_without_reports_finds_nothing(self, world):
        assert judge(world, DAYS) == []

    def test_an_old_window_that_is_restated_says_nothing_of_today(self, world, stores):
        keep(stores, *days(BAD, BAD, 2.8, 2.8, 2.8))
        assert judge(world, DAYS) == []

    def test_another_kind_of_window_is_another_series(self, world, stores):
        keep(stores, *days(BAD, BAD))
        assert judge(world, Series("v1", "hour")) == []

    def test_labels_that_are_late_hide_nothing(self, world, stores):
        keep(stores, *days(BAD, BAD), *(told(place) for place in range(2, 12)))
        assert actions(judge(world, DAYS)) == [("opened", "errors_grew")]

    def test_a_silence_keeps_it_from_opening(self, world, stores):
        keep(stores, *days(BAD, BAD))
        until = stores.clock() + timedelta(hours=1)
        stores.silences.add(
            Silence(silence_id="s", rule="errors_grew", until=until, why="works", who="ada", at=stores.clock())
        )
        assert judge(world, DAYS) == []

    def test_what_a_person_accepts_ends_the_alert_before_the_next_report(self, world, stores):
        keep(stores, moved(0), moved(1))
        assert actions(judge(world, DAYS)) == [("opened", "column_moved")]
        fields = {"report_id": "r", "model_version": "v1", "window": window(1), "column": "distance"}
        stores.acceptances.add(
            Acceptance(acceptance_id="a", why="here to stay", who="ada", at=stores.clock(), **fields)
        )
        assert actions(catch_up(world, [])) == [("resolved", "column_moved")]

    def test_an_alert_of_a_rule_that_is_no_more_ends(self, world, stores):
        (rule,) = [rule for rule in RULES if rule.name == "errors_grew"]
        gone = rule.model_copy(update={"name": "gone"})
        (opened,) = transitions((), evaluate([gone], days(BAD, BAD)), (), NOW)
        stores.alerts.change(opened, [])
        keep(stores, told(0))
        (over,) = judge(world, DAYS)
        assert over.alert.resolved_because == "rule_removed"


class TestNothingToJudgeBy:
    """An alert does not wait for ever for a window that never comes."""

    def open(self, world, stores):
        """Open an alert on the second day."""
        now = stores.clock()
        keep(stores, *(wrong(place, BAD, as_of=now) for place in (0, 1)))
        assert actions(judge(world, DAYS)) == [("opened", "errors_grew")]

    def test_it_ends_once_no_window_that_rules_look_at_could_be_judged(self, world, stores):
        self.open(world, stores)
        keep(stores, *(told(place, as_of=stores.clock()) for place in range(2, 31)))
        assert judge(world, DAYS) == []
        keep(stores, told(31, as_of=stores.clock()))
        (over,) = judge(world, DAYS)
        assert (over.action, over.alert.resolved_because, over.alert.cleared) == ("resolved", "unjudged", None)
        assert judge(world, DAYS) == []

    def test_it_opens_anew_by_later_windows(self, world, stores):
        self.open(world, stores)
        keep(stores, told(31, as_of=stores.clock()))
        judge(world, DAYS)
        keep(stores, *(wrong(place, BAD, as_of=stores.clock()) for place in (32, 33)))
        assert actions(judge(world, DAYS)) == [("opened", "errors_grew")]

    def test_it_ends_once_its_version_had_no_report_for_as_long(self, world, stores):
        self.open(world, stores)
        late = stores.clock() + timedelta(days=31)
        (over,) = judge(replace(world, clock=lambda: late), DAYS)
        assert over.alert.resolved_because == "unjudged"
        assert "not known" in notice_of(over, ZONE).text

    def test_another_series_ends_nothing_of_it(self, world, stores):
        self.open(world, stores)
        keep(stores, told(900, "hour", as_of=stores.clock()))
        assert judge(world, Series("v1", "hour")) == []


class TestReplacement:
    """Another model version answers."""

    def test_an_alert_ends_once_its_model_was_silent_in_a_window_of_the_next(self, world, stores):
        keep(stores, *days(BAD, BAD, version="v1"), wrong(2, version="v2"))
        judge(world, DAYS)
        (over,) = judge(world, Series("v2", "day"))
        assert (over.action, over.alert.model_version, over.alert.resolved_because) == ("resolved", "v1", "replaced")

    def test_not_while_both_answer(self, world, stores):
        keep(stores, *days(BAD, BAD, version="v1"), wrong(1, version="v2"))
        judge(world, DAYS)
        assert judge(world, Series("v2", "day")) == []

    def test_not_by_another_kind_of_window(self, world, stores):
        keep(stores, *days(BAD, BAD, version="v1"), told(90, "hour", version="v2"))
        judge(world, DAYS)
        assert judge(world, Series("v2", "hour")) == []


class TestSending:
    """Claimed, sent, marked."""

    def test_people_hear_of_beginning_and_end_and_machines_of_all(self, world, stores):
        for course in ((BAD, BAD), (BAD, BAD, BAD), (BAD, BAD, BAD, 2.8, 2.8, 2.8)):
            keep(stores, *days(*course))
            judge(world, DAYS)
            send(world)
        assert [transition.action for transition, *_ in world.alerting.topic.published] == ["opened", "resolved"]
        assert [transition.action for transition in world.alerting.bus.put_events] == ["opened", "updated", "resolved"]

    def test_nothing_is_sent_twice(self, world, stores):
        keep(stores, *days(BAD, BAD))
        judge(world, DAYS)
        assert [len(send(world).deliveries) for _ in range(3)] == [2, 0, 0]
        (alert,) = stores.alerts.open()
        assert alert.sent_at is not None

    def test_what_comes_back_at_once_does_not_seem_back_before_it_was_sent(self, world, stores, mongo, monkeypatch):
        """Time passes while each channel takes it, and the first brings it back before it is marked."""
        keep(stores, *days(BAD, BAD))
        judge(world, DAYS)
        back = []

        def carried(*_):
            mongo.now += timedelta(seconds=1)
            back.append(mongo.now)

        monkeypatch.setattr("drift_report.sending._carry", carried)
        send(world)
        (alert,) = stores.alerts.open()
        assert alert.sent_at <= back[0]

    def test_what_is_refused_is_sent_by_the_next_run(self, world, stores):
        keep(stores, *days(BAD, BAD))
        judge(world, DAYS)
        world.alerting.topic.refuses = True
        sent = send(world)
        assert ([delivery.channel for delivery in sent.deliveries], sent.problems) == (["bus"], ("it refuses",))
        world.alerting.topic.refuses = False
        assert [delivery.channel for delivery in send(world).deliveries] == ["topic"]

    def test_a_channel_that_refuses_is_not_asked_again_in_the_same_run(self, world, stores):
        keep(stores, *days(BAD, BAD), *[wrong(place, BAD, version="v2") for place in (0, 1)])
        judge(world, DAYS)
        judge(world, Series("v2", "day"))
        world.alerting.topic.refuses = True
        assert len(send(world).problems) == 1

    def test_only_a_crash_before_the_mark_repeats_it_with_the_same_id(self, world, stores, mongo, monkeypatch):
        keep(stores, *days(BAD, BAD))
        judge(world, DAYS)
        with monkeypatch.context() as crash:
            crash.setattr(type(stores.alerts), "sent", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                send(world)
        assert send(world).deliveries == ()
        mongo.now += LEASE
        send(world)
        names = [transition.transition_id for transition, *_ in world.alerting.topic.published]
        assert len(names) == 2
        assert len(set(names)) == 1

    def test_the_lease_outlasts_the_function(self):
        assert timedelta(seconds=900) < LEASE


@pytest.fixture
def quick(monkeypatch):
    """Leave Evidently out."""

    def not_drawn(*_arguments):
        message = "not in this test"
        raise NotDrawn(message)

    monkeypatch.setattr("drift_report.parts.draw", not_drawn)


@pytest.fixture
def here(stores, monkeypatch):
    """Give a process with a model, behind its handler."""
    objects = FakeObjects()
    publish(objects)
    found = parts(stores, objects)
    monkeypatch.setattr(app, "here", lambda: found)
    return found


def metrics(capsys):
    """Sum what was counted."""
    found = {}
    for line in capsys.readouterr().out.splitlines():
        told_ = json.loads(line)
        names = [
            metric["Name"] for metric in told_.get("_aws", {}).get("CloudWatchMetrics", [{}])[0].get("Metrics", ())
        ]
        for name in names:
            found[name] = found.get(name, 0) + sum(told_[name])
    return found


@pytest.mark.usefixtures("quick")
class TestHandler:
    """What the scheduled function does with alerts."""

    def test_reports_of_days_that_were_wrong_open_one_alert(self, here, stores, capsys):
        log(stores, count=600, span=3 * DAY)
        assert len(app.handler({"windows": "day"})["reports"]) == 3
        opened = [each for each, *_ in here.alerting.topic.published if each.alert.rule == "errors_grew"]
        assert [(each.action, each.alert.model_version) for each in opened] == [("opened", VERSION)]
        counted = metrics(capsys)
        assert (counted["ReportsMade"], counted["AlertsFailed"], counted["TestAlertsSent"]) == (3, 0, 2)
        assert counted["AlertsSent"] >= 2

    def test_a_report_run_twice_sends_nothing_twice(self, here, stores):
        log(stores, count=600, span=3 * DAY)
        span = {"start": MIDNIGHT.isoformat(), "end": (MIDNIGHT + DAY).isoformat(), "model_version": VERSION}
        app.handler({"windows": "day"})
        sent = [each.transition_id for each in here.alerting.bus.put_events]
        for event in (span, span, {"windows": "day"}):
            app.handler(event)
        assert [each.transition_id for each in here.alerting.bus.put_events] == sent
        assert len(sent) == len(set(sent))

    def test_an_alert_that_cannot_be_sent_fails_no_report(self, here, stores, capsys):
        log(stores, count=600, span=3 * DAY)
        here.alerting.topic.refuses = here.alerting.bus.refuses = True
        assert len(app.handler({"windows": "day"})["reports"]) == 3
        assert metrics(capsys)["AlertsFailed"] > 0
        here.alerting.topic.refuses = here.alerting.bus.refuses = False
        app.handler({"windows": "hour"})
        assert "errors_grew" in {each.alert.rule for each, *_ in here.alerting.topic.published}

    def test_nor_does_one_that_cannot_be_kept(self, here, stores, monkeypatch):
        log(stores, count=600, span=3 * DAY)

        def away(*_):
            message = "MongoDB is away"
            raise StoreUnavailable(message)

        with monkeypatch.context() as trouble:
            trouble.setattr(type(here.alerting.alerts), "change", away)
            assert len(app.handler({"windows": "day"})["reports"]) == 3
        stores.hours.touch([HourMark(VERSION, MIDNIGHT)], stores.clock())
        app.handler({"windows": "day"})
        assert "errors_grew" in {alert.rule for alert in stores.alerts.open()}

    @pytest.mark.parametrize(("order", "count"), [({"windows": "day"}, 1), ({"windows": "hour"}, 0)])
    def test_the_daily_run_sends_one_test_alert_a_day(self, here, order, count):
        for _ in range(2):
            app.handler(order)
        assert [each.action for each, *_ in here.alerting.topic.published] == ["tested"] * count

    def test_a_test_alert_that_comes_back_is_noted_and_does_nothing_else(self, here, stores, capsys):
        app.handler({"windows": "day"})
        (transition, *_) = here.alerting.topic.published[0]
        arrival = {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": transition.model_dump_json()}}]}
        capsys.readouterr()
        assert app.handler(arrival) == {"arrived": [transition.alert.alert_id]}
        assert metrics(capsys) == {"TestAlertsArrived": 1}
        assert stores.alerts.last_test().arrived_at is not None
        assert app.handler(arrival) == {"arrived": []}
        assert len(here.alerting.topic.published) == 1


class TestNotices:
    """What a person reads."""

    def opened(self):
        """Give an alert that opens."""
        (rule,) = [rule for rule in RULES if rule.name == "errors_grew"]
        (found,) = transitions((), evaluate([rule], days(BAD, BAD)), (), NOW)
        return found

    def test_it_says_what_is_wrong_by_how_much_and_what_to_do(self):
        notice = notice_of(self.opened(), ZONE)
        assert notice.subject == "Ridewatch ticket: errors_grew"
        assert notice.text.startswith("Answers are wrong by 4.8 minutes on average")
        assert "What to do: docs/runbook.md#errors_grew" in notice.text
        assert "Window: 2020-03-17 00:00 EDT to 2020-03-18 00:00 EDT" in notice.text
        assert "Numbers: 4.8 (4.6 to 5), in the reference 2.8, limit 3.36; 300 rides, 290 with" in notice.text

    def test_it_says_that_and_why_it_is_over(self):
        alert = self.opened().alert
        assert "another model version" in notice_of(ended(alert, "replaced", NOW), ZONE).text
        cleared = ended(alert, "clear", NOW, alert.evidence)
        assert notice_of(cleared, ZONE).subject == "Ridewatch ticket: Resolved: errors_grew"
        assert "It is over: 4.8" in notice_of(cleared, ZONE).text

    def test_a_test_is_called_one(self):
        notice = notice_of(daily_test(TEST, "2026-01-01", NOW), ZONE)
        assert notice.subject == "Ridewatch ticket: Test: test"
        assert "Nothing is wrong" in notice.text

    def test_a_column_is_named(self):
        rules = [rule for rule in RULES if rule.name == "column_moved"]
        (found,) = transitions((), evaluate(rules, [moved(0), moved(1)]), (), NOW)
        assert notice_of(found, ZONE).subject == "Ridewatch ticket: column_moved (distance)"
