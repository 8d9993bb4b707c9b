"""A page of the list, and where the next one begins."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from contracts.report import Report
from contracts.report_list import ReportSummary

Told = TypeVar("Told", Report, ReportSummary)

PAGE = 60
MAX_PAGE = 200
DIGITS = re.compile("[0-9]{1,3}")


class QueryWrong(Exception):
    """A query parameter is not what it should be."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Ask:
    """Which reports a request asks for: at most `limit`, of windows that ended before `before`."""

    limit: int
    before: datetime | None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Ask":
        """Read `limit` and `before`. Raises QueryWrong."""
        return cls(limit_of(query.get("limit")), _moment(query.get("before")))


def page_of(found: Sequence[Told], limit: int) -> tuple[list[Told], datetime | None]:
    """Cut `found`, one more than the limit if there are more, into a page and the `before` of the next one.

    A page ends between two ends of windows, so that a day and its last hour are not torn apart and lost;
    only when more windows end together than fit are those beyond the limit left out.
    """
    if len(found) <= limit:
        return list(found), None
    whole = [report for report in found if report.window.end > found[limit].window.end]
    page = whole or list(found[:limit])
    return page, page[-1].window.end


def written(before: datetime) -> str:
    """Write a moment in UTC as `before` is asked for, without the plus sign that a query would have to escape."""
    return before.isoformat().replace("+00:00", "Z")


def limit_of(text: str | None) -> int:
    """Read how many are asked for. Raises QueryWrong."""
    if text is None:
        return PAGE
    if not (DIGITS.fullmatch(text) and 1 <= int(text) <= MAX_PAGE):
        message = f"give a number from 1 to {MAX_PAGE}"
        raise QueryWrong("limit", message)  # noqa: EM101 - the name of the parameter
    return int(text)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        message = "give an ISO 8601 time such as 2019-03-02T05:00:00Z"
        raise QueryWrong("before", message) from error  # noqa: EM101 - the name of the parameter
