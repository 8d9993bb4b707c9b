"""What went wrong, in words and HTTP: the one place where errors get their status."""

from http import HTTPStatus
from typing import Final

from pydantic import ValidationError

from adapters.errors import SecretMissing, StoreUnavailable
from contracts.events import FieldProblem
from reports.access import Reason, Unauthorized
from reports.answers import Problem
from reports.listing import QueryWrong
from reports.settings import SettingMissing


class ReportUnknown(Exception):
    """There is no report of that id."""


class EvidentlyMissing(Exception):
    """The report has no Evidently file; the message says why."""


REASONS: Final[dict[Reason, str]] = {
    "key_missing": "Open these pages by a signed link: `ridewatch open` makes one. Scripts send x-api-key.",
    "key_wrong": "This is not the API key. `ridewatch status --json` shows it; `ridewatch open` makes a link instead.",
    "link_expired": "This link has expired. `ridewatch open` makes a new one.",
    "link_wrong": "This link is not one of ours, or it was cut short. `ridewatch open` makes a new one.",
}
AWAY: Final = "The reports cannot be read just now: a store does not answer. They are safe; try again in half a minute."
UNREADABLE: Final = "This report was written by a version that this page cannot read. Run the report again."
NOT_CONFIGURED: Final = "The reports function lacks a setting or a secret; its log names it."

OURS: Final[dict[type[Exception], Problem]] = {
    StoreUnavailable: Problem(HTTPStatus.SERVICE_UNAVAILABLE, "store_unavailable", AWAY),
    ValidationError: Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "report_unreadable", UNREADABLE),
    SecretMissing: Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "not_configured", NOT_CONFIGURED),
    SettingMissing: Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "not_configured", NOT_CONFIGURED),
}
"""Errors of ours: what they are is in the log, and not the caller's to know."""


def problem_of(error: Exception) -> Problem:
    """Say one of EXPECTED in HTTP."""
    match error:
        case Unauthorized():
            return Problem(HTTPStatus.UNAUTHORIZED, error.reason, REASONS[error.reason])
        case QueryWrong():
            field = FieldProblem(field=error.field, reason="invalid", message=str(error))
            return Problem(HTTPStatus.BAD_REQUEST, "invalid_query", f"{error.field}: {error}", field)
        case ReportUnknown():
            return Problem(HTTPStatus.NOT_FOUND, "report_unknown", f"There is no report {error}.")
        case EvidentlyMissing():
            return Problem(HTTPStatus.NOT_FOUND, "evidently_missing", f"This report has no Evidently page. {error}")
    return OURS[type(error)]


EXPECTED: Final[list[type[Exception]]] = [Unauthorized, QueryWrong, ReportUnknown, EvidentlyMissing, *OURS]
