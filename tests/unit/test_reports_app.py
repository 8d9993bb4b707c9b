"""What the reports function answers."""

import csv
import io
import json
import re
import time
from collections import Counter
from datetime import datetime
from urllib.parse import parse_qsl

import pytest

import reports.app
from contracts.api import ErrorAnswer
from contracts.numbers import numbers_of
from contracts.report import EvidentlyPart, Report
from contracts.report_list import ReportList, ReportSummary
from contracts.sheet import HEADER
from reports.access import COOKIE
from reports.settings import SettingMissing
from reports.signing import sign
from tests.report_site import HTML, JSON, KEYS, Shelf, header, parts, request
from tests.sample_reports import april, march, spring, too_few

MARCH = march()
PATHS = ("/reports", f"/reports/{MARCH.report_id}", f"/reports/{MARCH.report_id}/evidently")
TABLE = "/reports.csv"


@pytest.fixture(autouse=True)
def shelf(monkeypatch):
    """Give the shelf that the function reads from."""
    shelf = Shelf([MARCH])
    monkeypatch.setattr(reports.app, "here", lambda: parts(shelf))
    return shelf


def _ask(path="/reports", accept=HTML, **more):
    return reports.app.handler(request(path, Accept=accept, **({"x_api_key": KEYS.api} | more)), None)


def _error(answer):
    assert header(answer, "Content-Type") == JSON
    return ErrorAnswer.model_validate_json(answer["body"]).error


def _signed(path, **more):
    expires = int(time.time()) + 60
    return {"expires": str(expires), "signature": sign(KEYS.signing, path, expires)} | more


class TestAnswers:
    """Pages for people, JSON for scripts."""

    def test_a_browser_gets_pages(self):
        """The list leads to the report, the report back to the list and on to Evidently."""
        listed, shown = _ask(), _ask(f"/reports/{MARCH.report_id}")
        assert (listed["statusCode"], shown["statusCode"]) == (200, 200)
        assert f'href="reports/{MARCH.report_id}"' in listed["body"]
        assert 'href="../reports"' in shown["body"]
        assert f'href="{MARCH.report_id}/evidently"' in shown["body"]

    def test_a_script_gets_the_document(self):
        """JSON is the report itself, all of it."""
        answer = _ask(f"/reports/{MARCH.report_id}", JSON)
        assert Report.model_validate_json(answer["body"]) == MARCH

    def test_a_script_gets_a_line_for_each_report(self):
        """The list as JSON is short: a hundred documents would not fit into an answer."""
        answer = _ask("/reports", JSON)
        assert ReportList.model_validate_json(answer["body"]).reports == (ReportSummary.of(MARCH),)
        assert len(answer["body"]) < 1000

    @pytest.mark.parametrize(
        ("accept", "expected"),
        [
            ("", "text/html; charset=utf-8"),
            ("*/*", "text/html; charset=utf-8"),
            (HTML, "text/html; charset=utf-8"),
            ("application/json;q=0.5, text/html", "text/html; charset=utf-8"),
            ("application/json, text/plain, */*", JSON),
            ("text/html;q=0.5, application/JSON;q=0.9", JSON),
            ("application/json;q=high", JSON),
        ],
    )
    def test_the_caller_says_which(self, accept, expected):
        """Whoever prefers JSON gets it."""
        assert header(_ask("/reports", accept), "Content-Type") == expected

    @pytest.mark.parametrize("path", [*PATHS, TABLE])
    @pytest.mark.parametrize("key", [KEYS.api, "wrong"])
    def test_every_answer_keeps_to_itself(self, path, key):
        """No cache, no referrer, no sniffing, and nothing in the page but its own style."""
        answer = _ask(path, x_api_key=key)
        assert header(answer, "Cache-Control") == "private, no-store"
        assert header(answer, "Referrer-Policy") == "no-referrer"
        assert header(answer, "X-Content-Type-Options") == "nosniff"
        assert re.match(
            r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src data:;",
            header(answer, "Content-Security-Policy"),
        )

    def test_evidently_is_a_redirect(self):
        """The browser is sent to S3 for five minutes."""
        answer = _ask(PATHS[2])
        assert answer["statusCode"] == 302
        assert header(answer, "Location") == f"https://bucket.example/{MARCH.evidently.html_key}?expires=300"

    def test_older_reports_are_reached_page_by_page(self, shelf):
        """Following `before` shows every report once, and a day is not torn from its last hour."""
        shelf.reports = spring()
        seen, before = [], {}
        while before is not None:
            page = ReportList.model_validate_json(_ask("/reports", JSON, query={"limit": "7"} | before)["body"])
            seen += [line.report_id for line in page.reports]
            before = {"before": page.before.isoformat().replace("+00:00", "Z")} if page.before else None
        assert sorted(seen) == sorted(report.report_id for report in shelf.reports)

    def test_a_page_does_not_end_between_windows_that_end_together(self, shelf):
        """A day and a month end at once: the next page, of what ended before, would miss one of them."""
        shelf.reports = [april(), march(28), march(kind="custom"), too_few()]
        page = ReportList.model_validate_json(_ask("/reports", JSON, query={"limit": "2"})["body"])
        assert [line.report_id for line in page.reports] == [april().report_id]
        assert page.before == april().window.end

    def test_a_trailing_slash_is_taken_away(self):
        """Relative links need the address without it."""
        answer = _ask("/reports/", query={"limit": "5"})
        assert (answer["statusCode"], header(answer, "Location")) == (302, "../reports?limit=5")


class TestAccess:
    """Without a key, a link or a session there is nothing to see."""

    @pytest.mark.parametrize("path", [*PATHS, TABLE, "/reports/unknown"])
    def test_nobody_gets_nothing(self, path):
        """A script hears it in our shape; whether a report exists is not told."""
        answer = _ask(path, "*/*", x_api_key="")
        assert (answer["statusCode"], _error(answer).code) == (401, "key_missing")

    def test_a_person_is_told_the_command(self):
        """The page names the command that makes a link."""
        answer = _ask(x_api_key="")
        assert answer["statusCode"] == 401
        assert "<code>ridewatch open</code>" in answer["body"]

    def test_an_expired_link_says_so(self):
        """The link was ours, but its time is over."""
        query = {"expires": "1", "signature": sign(KEYS.signing, "/reports", 1)}
        assert _error(_ask("/reports", JSON, x_api_key="", query=query)).code == "link_expired"

    @pytest.mark.parametrize("path", PATHS[:2])
    def test_a_link_becomes_a_session_at_a_clean_address(self, path):
        """The signature leaves the address bar, what else was asked for stays, and the cookie opens the page."""
        answer = _ask(path, x_api_key="", query=_signed(path, limit="5"))
        assert (answer["statusCode"], header(answer, "Location")) == (302, f"{path.rpartition('/')[2]}?limit=5")
        cookie, *attributes = header(answer, "Set-Cookie").split("; ")
        assert attributes == ["Max-Age=43200", "HttpOnly", "Secure", "SameSite=Lax"]
        assert cookie.startswith(f"{COOKIE}=")
        assert _ask(path, x_api_key="", Cookie=cookie)["statusCode"] == 200

    def test_without_tls_the_cookie_is_not_kept_from_plain_http(self):
        """On a laptop the browser must send it back over http."""
        answer = _ask(x_api_key="", query=_signed("/reports"), X_Forwarded_Proto="http")
        assert "Secure" not in header(answer, "Set-Cookie")

    def test_a_link_to_one_report_opens_that_one_only(self):
        """Its session reaches Evidently's page of the report, and no other."""
        answer = _ask(PATHS[1], x_api_key="", query=_signed(PATHS[1]))
        cookie = header(answer, "Set-Cookie").partition(";")[0]
        asked = [_ask(path, x_api_key="", Cookie=cookie)["statusCode"] for path in (*PATHS, f"{PATHS[1]}0")]
        assert asked == [401, 200, 302, 401]


class TestProblems:
    """What cannot be answered is said in our shape, and gives nothing away."""

    @pytest.mark.parametrize("path", ["/reports/unknown", "/reports/unknown/evidently"])
    def test_an_unknown_report(self, path):
        """404, by name."""
        answer = _ask(path, JSON)
        assert (answer["statusCode"], _error(answer).code) == (404, "report_unknown")

    def test_a_report_without_evidently(self, shelf):
        """404, with the reason that the report gives."""
        part = EvidentlyPart(status="failed", note="All columns were null.")
        shelf.reports = [april(evidently=part)]
        answer = _ask(f"/reports/{shelf.reports[0].report_id}/evidently", JSON)
        assert (answer["statusCode"], _error(answer).code) == (404, "evidently_missing")
        assert "All columns were null." in _error(answer).message

    @pytest.mark.parametrize("path", ["/", "/reports/a/b", "/predict"])
    def test_no_such_address(self, path):
        """404."""
        answer = _ask(path, JSON)
        assert (answer["statusCode"], _error(answer).code) == (404, "not_found")

    @pytest.mark.parametrize("accept", [HTML, JSON])
    @pytest.mark.parametrize("path", [*PATHS, TABLE])
    def test_mongodb_away(self, shelf, path, accept):
        """503 with a time to come again, and no word of the database's address."""
        shelf.away = True
        answer = _ask(path, accept)
        assert (answer["statusCode"], header(answer, "Retry-After")) == (503, "30")
        assert "mongodb" not in answer["body"].lower()
        assert "Traceback" not in answer["body"]

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"limit": "0"}, "limit"),
            ({"limit": "many"}, "limit"),
            ({"limit": "201"}, "limit"),
            ({"before": "x"}, "before"),
        ],
    )
    def test_a_query_that_makes_no_sense(self, query, field):
        """400 names the field."""
        answer = _ask("/reports", JSON, query=query)
        assert answer["statusCode"] == 400
        assert [problem.field for problem in _error(answer).fields] == [field]

    def test_a_missing_setting(self, monkeypatch):
        """500 in our shape; its name is for the log."""

        def nowhere():
            message = "set BUCKET"
            raise SettingMissing(message)

        monkeypatch.setattr(reports.app, "here", nowhere)
        answer = _ask("/reports", JSON)
        assert (answer["statusCode"], _error(answer).code) == (500, "not_configured")
        assert "BUCKET" not in answer["body"]

    def test_a_document_of_another_shape(self, shelf, monkeypatch):
        """500 in our shape, not an answer of the gateway."""
        monkeypatch.setattr(shelf, "get", lambda _: Report.model_validate({}))
        assert _error(_ask(PATHS[1], JSON)).code == "report_unreadable"


def test_the_events_for_sam_are_answered():
    """events/report.json asks for one report with a key in place."""
    event = request(PATHS[1], event="report.json", x_api_key=KEYS.api)
    assert json.loads(reports.app.handler(event, None)["body"])["report_id"] == MARCH.report_id


class TestTable:
    """All numbers as CSV, page by page."""

    def test_every_report_is_in_it_once(self, shelf):
        """Following `Link` to the end; each page is a table of its own."""
        shelf.reports = spring()
        pages = list(_pages({"limit": "11"}))
        assert len(pages) > 3
        rows = [row for page in pages for row in csv.DictReader(io.StringIO(page))]
        expected = Counter(number.window_end for report in shelf.reports for number in numbers_of(report))
        assert Counter(datetime.fromisoformat(row["window_end"]) for row in rows) == expected

    def test_a_page_is_no_larger_than_an_answer_may_be(self, shelf, monkeypatch):
        """It ends with the last whole report that fits, and never before the first."""
        shelf.reports = spring()
        monkeypatch.setattr("reports.sheets.MOST_CHARACTERS", 200_000)
        sizes = [len(page) for page in _pages({})]
        assert 3 < len(sizes) < len(shelf.reports)
        assert max(sizes) <= 200_000 + len(HEADER)
        monkeypatch.setattr("reports.sheets.MOST_CHARACTERS", 10)
        ends = {report.window.end for report in shelf.reports}
        assert len(list(_pages({}))) == len(ends)

    def test_it_is_a_file_to_keep(self):
        """With a name, and the media type of RFC 4180."""
        answer = _ask(TABLE)
        assert header(answer, "Content-Type") == "text/csv; charset=utf-8; header=present"
        assert header(answer, "Content-Disposition") == 'attachment; filename="ridewatch-reports.csv"'
        assert "Link" not in answer["multiValueHeaders"]

    def test_who_may_read_the_list_may_read_it(self):
        """By key, by a link to the list, by its session; nobody else."""
        assert _ask(TABLE, x_api_key="")["statusCode"] == 401
        answer = _ask(TABLE, x_api_key="", query=_signed("/reports"))
        assert (answer["statusCode"], header(answer, "Location")) == (302, "reports.csv")
        cookie = header(answer, "Set-Cookie").partition(";")[0]
        assert _ask(TABLE, x_api_key="", Cookie=cookie)["statusCode"] == 200
        one = _ask(PATHS[1], x_api_key="", query=_signed(PATHS[1]))
        cookie = header(one, "Set-Cookie").partition(";")[0]
        assert _ask(TABLE, x_api_key="", Cookie=cookie)["statusCode"] == 401

    def test_a_limit_that_makes_no_sense_is_named(self):
        """As for the list."""
        answer = _ask(TABLE, JSON, query={"limit": "0"})
        assert (answer["statusCode"], _error(answer).fields[0].field) == (400, "limit")


def _pages(query):
    while query is not None:
        answer = _ask(TABLE, "*/*", query=query or None)
        assert answer["statusCode"] == 200
        yield answer["body"]
        link = answer["multiValueHeaders"].get("Link", [""])[0]
        found = re.fullmatch(r'<reports\.csv\?(.+)>; rel="next"', link)
        query = dict(parse_qsl(found[1])) if found else None
