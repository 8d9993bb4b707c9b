"""HTTP answers: a page, JSON or CSV, with the headers of both, and errors in one shape."""

from http import HTTPStatus
from typing import NamedTuple

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie, SameSite
from pydantic import BaseModel

from contracts.api import ErrorAnswer, ErrorDetail
from contracts.events import FieldProblem
from reports.access import COOKIE, SESSION_SECONDS
from reports.page.problem import problem_page
from reports.page.style import style_source

JSON, HTML = "application/json", "text/html; charset=utf-8"
CSV = "text/csv; charset=utf-8; header=present"


class Problem(NamedTuple):
    """What a person or a script is told when there is no answer."""

    status: HTTPStatus
    code: str
    message: str
    field: FieldProblem | None = None


def page(markup: str, status: HTTPStatus = HTTPStatus.OK) -> Response[str]:
    """Answer with a page."""
    return Response(status, HTML, markup, headers=_headers())


def data(value: BaseModel, status: HTTPStatus = HTTPStatus.OK) -> Response[str]:
    """Answer with JSON."""
    return Response(status, JSON, value.model_dump_json(), headers=_headers())


def sheet(text: str, following: str | None) -> Response[str]:
    """Answer with a table; `following` is the address of its next page, in the header that RFC 8288 has for it."""
    headers = _headers() | {"Content-Disposition": 'attachment; filename="ridewatch-reports.csv"'}
    more: dict[str, str | list[str]] = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Response(HTTPStatus.OK, CSV, text, headers=headers | more)


def problem(what: Problem, *, as_page: bool) -> Response[str]:
    """Answer with what went wrong."""
    if as_page:
        answer = page(problem_page(what.status, what.message), what.status)
    else:
        detail = ErrorDetail(code=what.code, message=what.message, fields=(what.field,) if what.field else ())
        answer = data(ErrorAnswer(error=detail), what.status)
    if what.status is HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = "30"
    return answer


def redirect(address: str, session: str | None = None, *, secure: bool = False) -> Response[str]:
    """Send the browser on, with a session if one begins."""
    cookies = [_cookie(session, secure=secure)] if session else []
    return Response(HTTPStatus.FOUND, HTML, "", headers=_headers() | {"Location": address}, cookies=cookies)


def prefers_json(accept: str) -> bool:
    """Tell whether the caller would rather have JSON than a page; whoever does not say gets the page."""
    return _weight(accept, "application/json") > _weight(accept, "text/html")


def names_html(accept: str) -> bool:
    """Tell whether the caller asks for a page by name, as every browser does and no script."""
    return _weight(accept, "text/html") > 0 and not prefers_json(accept)


def _cookie(session: str, *, secure: bool) -> Cookie:
    # No Path: the browser then takes the folder of the link's own address, /…/v1, whatever stands before the stage;
    # the function cannot know that part (MiniStack and LocalStack put /_aws/execute-api/<id> or /restapis/<id> there).
    return Cookie(COOKIE, session, max_age=SESSION_SECONDS, http_only=True, secure=secure, same_site=SameSite.LAX_MODE)


def _headers() -> dict[str, str | list[str]]:
    return {
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src '{style_source()}'; img-src data:;"
            " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept, Cookie, X-Api-Key",
        "X-Content-Type-Options": "nosniff",
    }


def _weight(accept: str, media: str) -> float:
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name == media:
            return _quality(parameters)
    return 0.0


def _quality(parameters: list[str]) -> float:
    given = [parameter[2:] for parameter in parameters if parameter.startswith("q=")]
    try:
        return float(given[0]) if given else 1.0
    except ValueError:
        return 1.0
