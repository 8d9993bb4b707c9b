"""Alerts: list, silence."""

from datetime import datetime

from contracts.alerts import Alert, AlertList, Silence
from contracts.base import new_id
from contracts.ride import NEW_YORK
from ridewatch.commands.outcome import USAGE, chosen_stack, fail
from ridewatch.commands.outside import database_of, telling
from ridewatch.commands.people import Said, tell_undone


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
        of, until = f" {silence.subject}" if silence.subject else "", _local(silence.until)
        print(f"silenced  {silence.rule}{of} until {until} ({silence.silence_id}): {silence.why}")
    for acceptance in found.acceptances:
        column = acceptance.column or "every column"
        print(f"accepted  {column} as in {acceptance.report_id} ({acceptance.acceptance_id}): {acceptance.why}")
    print(_test(found.last_test) if found.alerts else f"No alert. {_test(found.last_test)}")


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
    tell_undone(ended, f"the silence {silence_id}")


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
