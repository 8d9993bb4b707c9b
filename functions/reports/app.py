"""The reports, for a person in a browser and for a script: translate in, call one function, translate out."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.utilities.typing import LambdaContext

from contracts.report import Report
from contracts.report_list import ReportList
from reports import answers
from reports.access import ALL, Visitor, admit
from reports.alerts import alert_list
from reports.answers import Problem
from reports.listing import Ask, page_of, written
from reports.page.alerts import alerts_page
from reports.page.index import index_page
from reports.page.report import report_page
from reports.page.review import review_page
from reports.parts import here
from reports.problems import EXPECTED, EvidentlyMissing, ReportUnknown, problem_of
from reports.review import ReviewAsk, review_list
from reports.sheets import sheet_page

EVIDENTLY_SECONDS = 300
EARLIER = 34
"""Windows before the one shown: of days, five weeks with it."""
NO_ROUTE = Problem(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this address; the reports are at /reports.")

Answer = Response[str]

app = APIGatewayRestResolver()
logger = Logger()


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway."""
    return app.resolve(event, context)


@app.get("/reports")
def reports() -> Answer:
    """Answer with the list, newest window first."""
    return _opened(ALL, _list)


@app.get("/reports.csv")
def numbers() -> Answer:
    """Answer with all numbers of the reports as one table, page by page, for whoever may read the list."""
    return _opened(ALL, lambda _: _numbers())


@app.get("/reports/alerts")
def alerts() -> Answer:
    """Answer with the alerts, open ones first."""
    return _opened(f"{ALL}/alerts", _alerts)


@app.get("/reports/review")
def review() -> Answer:
    """Answer with flagged predictions, those that wait for a person if nothing else is asked for."""
    return _opened(f"{ALL}/review", _review)


@app.get("/reports/<report_id>")
def report(report_id: str) -> Answer:
    """Answer with one report."""
    return _opened(f"{ALL}/{report_id}", lambda now: _one(_found(report_id), now))


@app.get("/reports/<report_id>/evidently")
def evidently(report_id: str) -> Answer:
    """Send the browser to Evidently's file in S3: it is larger than a Lambda may answer."""
    return _opened(f"{ALL}/{report_id}", lambda _: _evidently(_found(report_id)))


@app.exception_handler(EXPECTED)  # type: ignore[untyped-decorator]
def expected(error: Exception) -> Answer:
    """Answer what went wrong in the shape that the caller reads."""
    what = problem_of(error)
    if what.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("%s: %s", what.code, error)
    return answers.problem(what, as_page=answers.names_html(_accept()))


@app.not_found
def no_route(_: NotFoundError) -> Answer:
    """Answer that nothing is at this address."""
    return answers.problem(NO_ROUTE, as_page=answers.names_html(_accept()))


def _opened(path: str, answer: Callable[[datetime], Answer]) -> Answer:
    """Answer who may read `path`; begin a session for a signed link and show the clean address."""
    event = app.current_event
    query = dict(event.query_string_parameters)
    leaf = quote(event.path.rstrip("/").rpartition("/")[2], safe="")
    if event.path.endswith("/"):
        return answers.redirect(_with(f"../{leaf}", query))
    now = datetime.now(UTC)
    visitor = Visitor(
        path,
        event.headers.get("x-api-key", ""),
        query.pop("expires", ""),
        query.pop("signature", ""),
        event.headers.get("cookie", ""),
    )
    session = admit(visitor, here().keys, now=int(now.timestamp()))
    if session:
        return answers.redirect(_with(leaf, query), session, secure=_over_https())
    return answer(now)


def _list(now: datetime) -> Answer:
    ask = Ask.of(app.current_event.query_string_parameters)
    found, before = page_of(here().reports.summaries(ask.limit + 1, ask.before), ask.limit)
    if answers.prefers_json(_accept()):
        return answers.data(ReportList(reports=tuple(found), before=before))
    there = here().alerting.alerts.open() if ask.before is None else None
    return answers.page(index_page(found, before=before, alerts=there, now=now))


def _alerts(now: datetime) -> Answer:
    found = alert_list(here().alerting, Ask.of(app.current_event.query_string_parameters), now)
    return answers.data(found) if answers.prefers_json(_accept()) else answers.page(alerts_page(found, now))


def _review(now: datetime) -> Answer:
    found = review_list(here(), ReviewAsk.of(app.current_event.query_string_parameters))
    return answers.data(found) if answers.prefers_json(_accept()) else answers.page(review_page(found, now))


def _numbers() -> Answer:
    ask = Ask.of(app.current_event.query_string_parameters)
    text, before = sheet_page(here().reports.numbers(ask.limit + 1, ask.before), ask.limit)
    following = {"before": written(before), "limit": str(ask.limit)} if before else {}
    return answers.sheet(text, _with("reports.csv", following) if following else None)


def _one(found: Report, now: datetime) -> Answer:
    if answers.prefers_json(_accept()):
        return answers.data(found)
    return answers.page(report_page(found, here().reports.earlier(found, EARLIER), now=now))


def _evidently(found: Report) -> Answer:
    if not found.evidently.html_key:
        raise EvidentlyMissing(found.evidently.note)
    return answers.redirect(here().objects.presigned(found.evidently.html_key, EVIDENTLY_SECONDS))


def _found(report_id: str) -> Report:
    found = here().reports.get(report_id)
    if found is None:
        raise ReportUnknown(report_id)
    return found


def _accept() -> str:
    return app.current_event.headers.get("accept", "")


def _over_https() -> bool:
    return app.current_event.headers.get("x-forwarded-proto", "") == "https"


def _with(address: str, query: dict[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address
