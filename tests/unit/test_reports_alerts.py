"""The alerts and the review list, as a person and as a script read them."""

import json
from datetime import timedelta

import pytest

import reports.app
from contracts.alerts import AlertList, Silence
from contracts.api import ErrorAnswer
from contracts.reviews import ReviewList
from monitoring.alerts.finding import evaluate
from monitoring.alerts.transitions import daily_test, ended, transitions
from rides.alert_rules import RULES, TEST
from tests.alarming import NOW, moved, wrong
from tests.fakes.mongodb import FakeMongo
from tests.report_site import HTML, JSON, KEYS, Shelf, parts, request
from tests.sample_reports import march
from tests.samples import prediction
from tests.stores import fake_stores

FAR = NOW + timedelta(days=36_500)


@pytest.fixture
def mongo():
    """Give a database in memory."""
    return FakeMongo()


@pytest.fixture
def stores(mongo):
    """Give its stores."""
    return fake_stores(mongo)


@pytest.fixture(autouse=True)
def _site(monkeypatch, mongo):
    found = parts(Shelf([march()]), mongo)
    monkeypatch.setattr(reports.app, "here", lambda: found)


def ask(path, accept=JSON, query=None, key=KEYS.api):
    """Ask with the API key."""
    return reports.app.handler(request(path, query=query, Accept=accept, x_api_key=key), None)


def opened(stores, *, version="v1", now=NOW, rules=("errors_grew",)):
    """Let an alert open."""
    chosen = [rule for rule in RULES if rule.name in rules]
    said = [wrong(0, 4.8, version=version), wrong(1, 4.8, version=version)]
    said += [moved(2, name="<b>"), moved(3, name="<b>")] if version == "v1" else []
    for transition in transitions((), evaluate(chosen, said), (), now):
        stores.alerts.change(transition, [])
    return transition.alert


def is_over(stores, alert):
    """Let it be over."""
    stores.alerts.change(ended(alert, "clear", alert.at), [])


class TestAlerts:
    """GET /reports/alerts."""

    def test_a_script_gets_open_ones_first(self, stores):
        is_over(stores, opened(stores, version="v1", now=NOW + timedelta(days=1)))
        still = opened(stores, version="v2")
        found = AlertList.model_validate_json(ask("/reports/alerts")["body"])
        assert [(alert.model_version, alert.state) for alert in found.alerts] == [("v2", "open"), ("v1", "resolved")]
        assert found.alerts[0] == still
        assert found.before is None

    def test_an_alert_has_the_fields_of_the_backtest(self, stores):
        opened(stores)
        (alert,) = json.loads(ask("/reports/alerts")["body"])["alerts"]
        assert alert.keys() >= {"severity", "rule", "cause", "at", "rides", "labelled_rides", "sentence"}

    def test_older_ones_come_page_by_page_without_those_that_are_open(self, stores):
        for day in range(5):
            is_over(stores, opened(stores, version=f"v{day}", now=NOW + timedelta(days=day)))
        opened(stores, version="open")
        seen, query = [], {"limit": "2"}
        while query:
            page = AlertList.model_validate_json(ask("/reports/alerts", query=query)["body"])
            seen += [alert.model_version for alert in page.alerts]
            query = {"limit": "2", "before": page.before.isoformat()} if page.before else None
        assert seen == ["open", "v4", "v3", "v2", "v1", "v0"]

    def test_alerts_that_opened_together_are_not_torn_apart(self, stores):
        for version in ("v1", "v2"):
            is_over(stores, opened(stores, version=version))
        is_over(stores, opened(stores, version="v0", now=NOW + timedelta(days=1)))
        page = AlertList.model_validate_json(ask("/reports/alerts", query={"limit": "2"})["body"])
        assert [alert.model_version for alert in page.alerts] == ["v0"]
        rest = ask("/reports/alerts", query={"limit": "2", "before": page.before.isoformat()})
        assert len(AlertList.model_validate_json(rest["body"]).alerts) == 2

    def test_a_person_reads_what_is_wrong_since_when_and_what_to_do(self, stores):
        alert = opened(stores)
        page = ask("/reports/alerts", HTML)["body"]
        for words in ("□ ticket", alert.sentence, "docs/runbook.md#errors_grew", alert.evidence.report_id):
            assert words in page

    def test_what_a_name_holds_is_text(self, stores):
        opened(stores, rules=("column_moved",))
        page = ask("/reports/alerts", HTML)["body"]
        assert "&lt;b&gt; has moved" in page
        assert "<b>" not in page

    def test_silences_and_the_last_test_are_told(self, stores):
        stores.silences.add(
            Silence(silence_id="s", rule="errors_grew", until=FAR, why="a parade", who="ada", at=NOW, subject=None)
        )
        stores.alerts.change(daily_test(TEST, "2026-01-01", NOW), [])
        page = ask("/reports/alerts", HTML)["body"]
        assert "a parade" in page
        assert "not sent yet, not come back yet" in page
        told = AlertList.model_validate_json(ask("/reports/alerts")["body"])
        assert (len(told.silences), told.last_test.rule, told.alerts) == (1, "test", ())

    def test_the_list_of_reports_shows_those_that_are_open(self, stores):
        alert = opened(stores)
        is_over(stores, opened(stores, version="v2"))
        page = ask("/reports", HTML)["body"]
        assert page.count(alert.sentence) == 1
        assert f"reports/{alert.evidence.report_id}" in page
        assert 'href="reports/alerts"' in page
        older = ask("/reports", HTML, query={"before": "2019-01-01T00:00:00Z"})["body"]
        assert alert.sentence not in older

    def test_nothing_wrong_is_said_too(self):
        assert "No alert is open." in ask("/reports", HTML)["body"]
        assert "No alert is open." in ask("/reports/alerts", HTML)["body"]


def flagged(stores, *names):
    """Let predictions wait."""
    stores.predictions.add([prediction(name) for name in names], NOW)
    stores.reviews.add([prediction(name) for name in names], NOW)


class TestReview:
    """GET /reports/review."""

    def test_a_script_gets_what_waits_page_by_page(self, stores):
        flagged(stores, "p1", "p2", "p3")
        first = ReviewList.model_validate_json(ask("/reports/review", query={"limit": "2"})["body"])
        assert ([review.prediction_id for review in first.reviews], first.before) == (["p3", "p2"], "p2")
        rest = ReviewList.model_validate_json(ask("/reports/review", query={"before": first.before})["body"])
        assert ([review.prediction_id for review in rest.reviews], rest.before) == (["p1"], None)

    def test_what_was_decided_is_asked_for_by_its_state(self, stores):
        flagged(stores, "p1", "p2")
        stores.reviews.decide("p1", "confirmed", "ada", "kilometres", NOW)
        for state, names in (("waiting", ["p2"]), ("confirmed", ["p1"]), ("dismissed", [])):
            found = ReviewList.model_validate_json(ask("/reports/review", query={"state": state})["body"])
            assert [review.prediction_id for review in found.reviews] == names

    def test_a_person_reads_the_ride_its_flags_and_how_to_decide(self, stores):
        flagged(stores, "p1")
        page = ask("/reports/review", HTML)["body"]
        for words in ("same zone", "zone 10 to 50", "12.50", "p1", "ridewatch review --confirm"):
            assert words in page

    def test_a_person_reads_who_decided_and_why(self, stores):
        flagged(stores, "p1")
        stores.reviews.decide("p1", "dismissed", "ada", "<i>fine</i>", NOW)
        page = ask("/reports/review", HTML, query={"state": "dismissed"})["body"]
        assert "ada: &lt;i&gt;fine&lt;/i&gt;" in page

    def test_nothing_waits(self):
        assert "There are none." in ask("/reports/review", HTML)["body"]

    @pytest.mark.parametrize(
        "query", [{"state": "odd"}, {"limit": "0"}, {"before": "$gt"}, {"before": ""}, {"before": "a" * 129}]
    )
    def test_a_query_that_makes_no_sense_is_named(self, query):
        answer = ask("/reports/review", query=query)
        error = ErrorAnswer.model_validate_json(answer["body"]).error
        assert (answer["statusCode"], error.fields[0].field) == (400, next(iter(query)))


@pytest.mark.parametrize("path", ["/reports/alerts", "/reports/review"])
class TestAccess:
    """As with the other reports."""

    def test_nobody_reads_without_a_key_or_a_link(self, path):
        assert ask(path, key="")["statusCode"] == 401
        assert ask(path, key="wrong")["statusCode"] == 401

    def test_mongodb_away_is_said(self, path, mongo):
        mongo.away = True
        answer = ask(path)
        assert (answer["statusCode"], json.loads(answer["body"])["error"]["code"]) == (503, "store_unavailable")
