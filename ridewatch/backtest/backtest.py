"""A backtest from rides to its result."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ridewatch.backtest.cases import Pass, Progress, Work, passes
from ridewatch.backtest.plain import Flag
from ridewatch.backtest.plan import Plan
from ridewatch.backtest.result import Backtest, FalseAlarms, Planted, Raised, Setup
from ridewatch.backtest.timetable import Timetable, moment
from ridewatch.backtest.truth import by_monitor, found_by, found_plainly, new_alerts, new_flags
from ridewatch.backtest.versions import trained
from ridewatch.faults.fault import Fault
from ridewatch.sources.table import RideTable

DAYS_A_MONTH, DAYS_A_QUARTER = 30.4, 91.3
OTHERS: tuple[Setup, ...] = ("fixed_psi", "column_tests", "evidently")


class Sources(NamedTuple):
    """Rides, and where they are from."""

    names: tuple[str, ...]
    rides: RideTable


def backtest(
    data: Sources, train: Sources, faults: Sequence[Fault], plan: Plan, on_progress: Progress = lambda _: None
) -> Backtest:
    """Train, pass the data as they are and with every fault, and judge what was told. Raises TrainingError."""
    table = Timetable.of(data.rides, plan.labels, plan.seed)
    with_older = any(fault.of == "model" for fault in faults)
    versions = trained(train.rides, train.names, table.start, plan.seed, with_older=with_older)
    found = sorted(passes(Work(data.rides, versions, plan), faults, on_progress), key=lambda each: _place(each, faults))
    quiet, days = found[0], table.days
    return Backtest(
        data=data.names,
        train=train.names,
        schedule=plan.schedule,
        start=table.start,
        end=moment(table.asked_at[-1]),
        rides=quiet.course.rides,
        labelled_rides=quiet.course.labelled_rides,
        days=days,
        seconds=quiet.course.seconds,
        alerts=tuple(quiet.course.raised.values()),
        false_alarms=(_told(tuple(quiet.course.raised.values()), days), *_others(quiet.others, days, plan)),
        faults=tuple(_planted(each, quiet, plan) for each in found[1:]),
    )


def _place(one: Pass, faults: Sequence[Fault]) -> int:
    return -1 if one.fault is None else [fault.name for fault in faults].index(one.fault.name)


def _told(alerts: Sequence[Raised], days: int) -> FalseAlarms:
    pages = sum(alert.severity == "page" for alert in alerts)
    return _counted("ridewatch", pages, len(alerts) - pages, days)


def _others(flags: Sequence[Flag], days: int, plan: Plan) -> list[FalseAlarms]:
    alarms = Counter(flag.setup for flag in flags if flag.is_alarm)
    return [_counted(setup, 0, alarms[setup], days) for setup in _setups(plan)]


def _setups(plan: Plan) -> list[Setup]:
    return [setup for setup in OTHERS if plan.defaults or setup != "evidently"]


def _counted(setup: Setup, pages: int, tickets: int, days: int) -> FalseAlarms:
    return FalseAlarms(
        setup=setup,
        pages=pages,
        tickets=tickets,
        tickets_a_month=tickets * DAYS_A_MONTH / days,
        pages_a_quarter=pages * DAYS_A_QUARTER / days,
    )


def _planted(one: Pass, quiet: Pass, plan: Plan) -> Planted:
    fault, begins = one.fault, one.begins
    if fault is None or begins is None:
        message = "a pass with a fault has one"
        raise ValueError(message)
    alerts = new_alerts(one.course, quiet.course, begins)
    flags = new_flags(one.others, quiet.others, begins)
    before, setups = one.table.asked_before(begins), _setups(plan)
    return Planted(
        fault=fault.name,
        does=fault.does,
        begins=begins,
        share=fault.share,
        monitor=fault.monitor,
        named=fault.named,
        cause=fault.cause,
        monitors=by_monitor(fault, alerts, before, begins),
        setups=(
            found_by("ridewatch", fault, alerts, before, begins),
            *(found_plainly(setup, fault, flags, begins, one.table.asked_between) for setup in setups),
        ),
        alerts=alerts,
    )
