"""A page of the table of numbers: as many whole reports as an answer of Lambda holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from contracts.report import Report
from contracts.sheet import HEADER, sheet_of
from reports.listing import page_of

MOST_CHARACTERS: Final = 4_000_000
"""Of the 6 MB that Lambda answers, less what escaping adds."""


def sheet_page(reports: Iterable[Report], limit: int) -> tuple[str, datetime | None]:
    """Write the first reports, at most so many, newest window first; tell the `before` of the next page."""
    written, fitting = _written(reports, limit)
    page, before = page_of([report for report, _ in written], fitting)
    return HEADER + "".join(text for _, text in written[: len(page)]), before


def _written(reports: Iterable[Report], limit: int) -> tuple[list[tuple[Report, str]], int]:
    """Write reports up to the first that is too much, and tell how many are not."""
    written, room = [], MOST_CHARACTERS
    for report in reports:
        written.append((report, sheet_of(report)))
        room -= len(written[-1][1])
        if len(written) > limit or (room < 0 and len(written) > 1):
            return written, len(written) - 1
    return written, len(written)
