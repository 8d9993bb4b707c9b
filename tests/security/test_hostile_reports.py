"""The report pages under hostile addresses, queries, headers and cookies: our shape, nothing broken, nothing told."""

import json

import pytest

import reports.app
from contracts.api import ErrorAnswer
from tests.report_site import HTML, JSON, KEYS, Shelf, header, parts, request
from tests.sample_reports import march

MARK = "jane-doe-41-elm-street"
SCRIPT = "<script>alert(1)</script>"
PATHS = [
    *(
        "/reports/../../etc/passwd",
        "/reports/..",
        "/reports/%2e%2e",
        "/reports//",
        "//reports",
        "/reports/\0",
        "/reports/é",
    ),
    *("/reports/$where", '/reports/{"$gt":""}', "/reports/\ud800", "/reports/\r\nSet-Cookie: a=b", "/reports/a/b/c"),
    *(f"/reports/{SCRIPT}", f"/reports/{SCRIPT}/evidently", "/reports/" + "a" * 10_000, "/reports/{proxy+}", "/", ""),
]
QUERIES = [
    *({"limit": text} for text in ("0", "-1", "1e3", "NaN", "9" * 5_000, "\u0661", "\0", "", "1;2", "\ud800", SCRIPT)),
    *(
        {"before": text}
        for text in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01", "9999-12-31")
    ),
    *({"before": text} for text in ("never", "", "\0", "2019-W09", "20190301T00Z", "\ud800", SCRIPT, "1" * 5_000)),
    *({name: "1"} for name in ("limit[$gt]", "before[$ne]", "__proto__", "constructor", "$where", "\ud800")),
]
HEADERS = [
    *(
        {"Accept": text}
        for text in ("", "\xff;q=nan", "*/*;q=1e999, text/html;q=-1", ";;;,,,", "text/html;" * 2_000, MARK)
    ),
    *(
        {"Cookie": text}
        for text in ("ridewatch_session=", "ridewatch_session=::", "ridewatch_session=1:é:/", ";;=", "\ud800")
    ),
    *({"x_api_key": text} for text in ("", "é", "\ud800", "\0", "a" * 100_000, MARK)),
    {"X-Forwarded-Proto": SCRIPT},
    {"Host": "evil.example"},
]


@pytest.fixture(autouse=True)
def _shelf(monkeypatch):
    """Let the function read from a shelf of one report."""
    monkeypatch.setattr(reports.app, "here", lambda: parts(Shelf([march()])))


def ask(path="/reports", query=None, accept=HTML, **headers):
    """Ask with the key, unless the headers say otherwise."""
    return reports.app.handler(
        request(path, query=query, **({"Accept": accept, "x_api_key": KEYS.api} | headers)), None
    )


def check(answer, accept):
    """See that an answer is a page or our error, and that no markup came of what was asked."""
    assert answer["statusCode"] in {200, 302, 400, 401, 404}
    assert SCRIPT not in answer["body"] or header(answer, "Content-Type") == JSON
    if accept == JSON and answer["statusCode"] >= 400:
        assert ErrorAnswer.model_validate_json(answer["body"]).error.code
    if answer["statusCode"] == 302:
        assert header(answer, "Location").startswith(("../", "https://bucket.example/"))


@pytest.mark.parametrize("accept", [HTML, JSON])
@pytest.mark.parametrize("path", PATHS)
def test_a_hostile_address(path, accept):
    """It is no report's."""
    check(ask(path, accept=accept), accept)


@pytest.mark.parametrize("accept", [HTML, JSON])
@pytest.mark.parametrize("path", ["/reports", "/reports.csv"])
@pytest.mark.parametrize("query", QUERIES)
def test_a_hostile_query(path, query, accept):
    """It is refused with its name, or it is no parameter of ours."""
    check(ask(path, query, accept), accept)


@pytest.mark.parametrize("headers", HEADERS)
def test_a_hostile_header(headers, capsys, caplog):
    """It opens nothing, breaks nothing, and is not logged."""
    check(ask(**headers), "")
    assert MARK not in capsys.readouterr().out + caplog.text


@pytest.mark.parametrize("expires", ["", "0", "-1", "9" * 11, "9" * 5_000, "\u0661\u0662", "1e9", "\ud800"])
@pytest.mark.parametrize("signature", ["", "0" * 64, "é", "\ud800", "\0"])
def test_a_link_that_is_not_ours_opens_nothing(expires, signature):
    """401, whatever it is made of."""
    answer = ask(query={"expires": expires, "signature": signature}, accept=JSON, x_api_key="wrong")
    assert answer["statusCode"] == 401
    assert "report" not in json.loads(answer["body"])


def test_every_page_forbids_scripts_frames_and_other_hosts():
    """Even if markup came of something, a browser would not run it."""
    policy = header(ask(f"/reports/{march().report_id}"), "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
