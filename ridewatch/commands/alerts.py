"""Alerts: list, silence, accept."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from contracts.alerts import Acceptance, Alert, AlertList, Silence
from contracts.base import new_id
from ridewatch.commands.moments import NEW_YORK, window
from ridewatch.commands.outcome import USAGE, chosen_stack, fail
from ridewatch.commands.outside import champion_of, database_of, telling

if TYPE_CHECKING:
    from pymongo.database import Database

    from adapters.mongodb.connection import Document
    from contracts.report import Report

REPORT_ID = re.compile(r"\d{8}T\d{4}-\d{8}T\d{4}-.+")


class Said(NamedTuple):
    """Why, and by whom."""

    why: str | None
    who: str


def alerts(name: str | None, limit: int, *, as_json: bool) -> None:
    """List alerts, open ones first."""
    with telling():
        found = _listed(name, limit)
    if as_json:
        print(found.model_dump_json())
        return
    for alert in found.alerts:
        print(_line(alert))
    for silence in found.silences:
        print(f"silenced  {silence.rule} {silence.subject or ''} until {_local(silence.until)}: {silence.why}")
    print(_test(found.last_test) if found.alerts or found.silences else f"No alert. {_test(found.last_test)}")


def silence(name: str | None, rule: str | None, until: datetime | None, column: str | None, said: Said) -> None:
    """Keep a rule silent until a time."""
    from adapters.mongodb.connection import server_time
    from adapters.mongodb.silences import Silences

    if rule is None or until is None or not said.why:
        fail("say which RULE, --until when, and --why", USAGE)
    _check_rule(rule)
    with telling():
        database = database_of(chosen_stack(name))
        now = server_time(database)
        if until <= now:
            fail(f"--until {_local(until)} is past", USAGE)
        made = Silence(silence_id=new_id(), rule=rule, subject=column, until=until, why=said.why, who=said.who, at=now)
        Silences(database).add(made)
    print(f"silent until {_local(until)}; `ridewatch silence --undo {made.silence_id}` takes it back")


def unsilence(name: str | None, silence_id: str) -> None:
    """End a silence now."""
    from adapters.mongodb.connection import server_time
    from adapters.mongodb.silences import Silences

    with telling():
        database = database_of(chosen_stack(name))
        ended = Silences(database).end(silence_id, server_time(database))
    _tell_undone(ended, f"the silence {silence_id}")


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
    _tell_undone(undone, f"the acceptance {acceptance_id}")


def _listed(name: str | None, limit: int) -> AlertList:
    from adapters.mongodb.connection import server_time
    from reports.alerts import alert_list
    from reports.listing import Ask
    from reports.parts import AlertStores

    database = database_of(chosen_stack(name))
    return alert_list(AlertStores.of(database), Ask(limit, None), server_time(database))


def _check_rule(rule: str) -> None:
    from rides.alert_rules import RULES

    names = [one.name for one in RULES]
    if rule not in names:
        fail(f"there is no rule {rule}; there are {', '.join(names)}", USAGE)


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


def _tell_undone(done: bool, what: str) -> None:
    if not done:
        fail(f"{what} does not hold, or was never made")
    print(f"{what} no longer holds")


def _line(alert: Alert) -> str:
    over = f", over since {_local(alert.resolved_at)} ({alert.resolved_because})" if alert.resolved_at else ""
    facts = f"{alert.rule} of {alert.model_version}, cause {alert.cause}, since {_local(alert.at)}{over}"
    return f"{alert.state:<9} {alert.severity:<6}  {alert.sentence}\n{'':<18}{facts}; {alert.next_step}"


def _test(last: Alert | None) -> str:
    if last is None:
        return "No test alert was sent yet: the daily run sends one."
    back = f"came back {_local(last.arrived_at)}" if last.arrived_at else "has not come back"
    return f"The last test alert, of {_local(last.at)}, {back}."


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(NEW_YORK):%Y-%m-%d %H:%M %Z}"
