"""Accept: a window becomes the new normal of a column, or of all."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from contracts.alerts import Acceptance
from contracts.base import new_id
from ridewatch.commands.moments import window
from ridewatch.commands.outcome import USAGE, chosen_stack, fail
from ridewatch.commands.outside import champion_of, database_of, telling
from ridewatch.commands.people import Said, tell_undone

if TYPE_CHECKING:
    from pymongo.database import Database

    from adapters.mongodb.connection import Document
    from contracts.report import Report

REPORT_ID = re.compile(r"\d{8}T\d{4}-\d{8}T\d{4}-.+")


def accept(name: str | None, what: str | None, column: str | None, *, every: bool, said: Said) -> None:
    """Call a window normal, for a column or for all."""
    from adapters.mongodb.acceptances import Acceptances
    from adapters.mongodb.connection import server_time

    if what is None or not said.why or (column is None) is not every:
        fail("say which WINDOW or REPORT_ID, --why, and either --column NAME or --all", USAGE)
    with telling():
        stack = chosen_stack(name)
        database = database_of(stack)
        report = _report(database, what, lambda: champion_of(stack))
        _check_column(report, column)
        made = Acceptance(
            acceptance_id=new_id(),
            report_id=report.report_id,
            model_version=report.model_version,
            window=report.window,
            column=column,
            why=said.why,
            who=said.who,
            at=server_time(database),
        )
        Acceptances(database).add(made)
    print(f"{column or 'every column'} is normal as in {report.report_id}, from the next run of the reports on;")
    print(f"`ridewatch accept --undo {made.acceptance_id}` takes it back")


def unaccept(name: str | None, acceptance_id: str, who: str) -> None:
    """Take an acceptance back."""
    from adapters.mongodb.acceptances import Acceptances
    from adapters.mongodb.connection import server_time

    with telling():
        database = database_of(chosen_stack(name))
        undone = Acceptances(database).undo(acceptance_id, who, server_time(database))
    tell_undone(undone, f"the acceptance {acceptance_id}")


def _report(database: "Database[Document]", what: str, champion: Callable[[], str]) -> "Report":
    """Find the report of an id, or of a window of the champion."""
    from adapters.mongodb.reports import Reports
    from contracts.report import report_id

    wanted = what if REPORT_ID.fullmatch(what) else report_id(champion(), window(what))
    found = Reports(database).get(wanted)
    if found is None or found.status != "complete":
        state = "there is no" if found is None else f"{found.status}: too little is known of the"
        fail(f"{state} report {wanted}; `ridewatch report --start … --end …` makes one")
    return found


def _check_column(report: "Report", column: str | None) -> None:
    names = [one.name for one in report.columns if one.role != "error"]
    if column is not None and column not in names:
        fail(f"there is no column {column}; there are {', '.join(names)}", USAGE)
