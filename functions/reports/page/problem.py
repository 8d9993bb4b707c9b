"""The page in place of an answer."""

from http import HTTPStatus

from reports.page.layout import document
from reports.page.markup import Markup, join, tag

HEADINGS = {
    HTTPStatus.UNAUTHORIZED: "This page needs a link",
    HTTPStatus.NOT_FOUND: "Nothing here",
    HTTPStatus.BAD_REQUEST: "That was not understood",
    HTTPStatus.SERVICE_UNAVAILABLE: "Just a moment",
}


def problem_page(status: HTTPStatus, message: str) -> str:
    """Say what went wrong and what to do; `like this` in a message is a command."""
    heading = HEADINGS.get(status, "This did not work")
    return document(heading, tag("h1", heading), tag("p", _with_commands(message)), tag("p", _small(status)))


def _with_commands(message: str) -> Markup:
    pieces = message.split("`")
    return join(tag("code", piece) if place % 2 else piece for place, piece in enumerate(pieces))


def _small(status: HTTPStatus) -> Markup:
    return tag("span", f"HTTP {status.value}, {status.phrase}", class_="small quiet")
