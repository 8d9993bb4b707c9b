"""The table of numbers as CSV (RFC 4180), the same from the page and from the command line."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from contracts.numbers import Number, numbers_of
from contracts.report import Report

HEADER: Final = ",".join(Number._fields) + "\r\n"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run by spreadsheets as a formula."""


def sheet_of(report: Report) -> str:
    """Write the rows of a report, without the header."""
    text = io.StringIO()
    csv.writer(text).writerows(map(_cells, numbers_of(report)))
    return text.getvalue()


def sheet(reports: Iterable[Report]) -> Iterator[str]:
    """Write the header, then the rows of one report after the other."""
    yield HEADER
    yield from map(sheet_of, reports)


def _cells(number: Number) -> list[Any]:
    return [_cell(value) for value in number]


def _cell(value: Any) -> Any:
    """Write times as ISO 8601 in UTC; a text that a spreadsheet would run gets an apostrophe before it (OWASP)."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
