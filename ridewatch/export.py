"""All numbers of all reports as one table, written to a file or to standard output."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from contracts.report import Report
from contracts.sheet import sheet

UNFINISHED = ".part"
"""Ends the name of a file that is not whole yet."""


def export(reports: Iterable[Report], output: Path | None) -> None:
    """Write the table; a file of that name is replaced once the new one is whole."""
    if output is None:
        _write(reports, sys.stdout)
        return
    unfinished = output.with_name(output.name + UNFINISHED)
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        _write(reports, file)
    unfinished.replace(output)


def _write(reports: Iterable[Report], file: TextIO) -> None:
    file.writelines(sheet(reports))
