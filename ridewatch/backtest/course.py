"""One pass of rides through a stack, hour by hour: the alerts that were raised, in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import NamedTuple

from contracts.alerts import Alert, Transition
from contracts.events import Prediction
from contracts.ride import NEW_YORK
from ridewatch.backtest.plan import Plan
from ridewatch.backtest.result import Raised
from ridewatch.backtest.stack import MIN_ROWS, Change, Stack
from ridewatch.backtest.timetable import Tick, Timetable
from ridewatch.backtest.versions import Versions
from ridewatch.faults.fault import Fault
from ridewatch.faults.planting import shift_of

AFTER = timedelta(minutes=10)
"""Scheduled rules run so long after the hour."""
DAY = timedelta(days=1)
FEW = 3
"""Rides by which an hour tells that another version answers."""


class Case(NamedTuple):
    """Rides as they are sent, and what befalls the stack."""

    table: Timetable
    fault: Fault | None = None
    begins: datetime | None = None


@dataclass
class Course:
    """What was told, and of how many rides."""

    raised: dict[str, Raised] = field(default_factory=dict)
    """By alert id, in the order in which they opened."""
    rides: int = 0
    labelled_rides: int = 0
    seconds: float = 0.0
    predictions: list[Prediction] = field(default_factory=list)
    """As they were answered, for the setups that others have."""


def run(case: Case, versions: Versions, plan: Plan, on_progress: Callable[[int], None] = lambda _: None) -> Course:
    """Send rides and labels through a stack, hour by hour, and report as the schedule says."""
    began, course = perf_counter(), Course()
    stack, rides = Stack(versions, plan, case.table.start), _Rides(case)
    today = case.table.start.astimezone(NEW_YORK).date()
    for tick in case.table.ticks():
        _befall(case, stack, versions, tick)
        stack.now = tick.end
        rides.send(stack, tick)
        stack.now = tick.end + AFTER
        _note(course, stack, _hourly(stack, plan, tick))
        if plan.schedule == "daily" and tick.end.astimezone(NEW_YORK).date() > today:
            today = tick.end.astimezone(NEW_YORK).date()
            _note(course, stack, stack.report(("day",)))
        on_progress(stack.asked)
    stack.now += DAY
    _note(course, stack, stack.report(("day",) if plan.schedule == "daily" else ("hour", "day")))
    course.rides, course.labelled_rides, course.predictions = stack.asked, stack.labelled, rides.answered
    course.seconds = perf_counter() - began
    return course


class _Rides:
    """Sends rides, and the durations of those that were answered."""

    def __init__(self, case: Case) -> None:
        self._table = case.table.rides
        self._minutes = self._table.duration_minutes
        self._change = _change_of(case)
        self.answered: list[Prediction] = []
        self._known: set[int] = set()

    def send(self, stack: Stack, tick: Tick) -> None:
        """Ask and tell what an hour holds."""
        asked = [self._table.ride(row) | {"ride_id": str(row)} for row in tick.asked]
        answered = stack.ask(asked, self._change)
        self.answered += answered
        self._known |= {int(each.ride.ride_id) for each in answered}
        told = [row for row in tick.told if row in self._known]
        stack.tell([{"ride_id": str(row), "duration_minutes": float(self._minutes[row])} for row in told])


def _change_of(case: Case) -> Change:
    """Give what befalls the answers, which are never below 0, as the API's are."""
    if case.fault is None:
        return lambda prediction: prediction
    shifts = shift_of(case.table.rides, case.fault)

    def changed(prediction: Prediction) -> Prediction:
        minutes = max(prediction.minutes + float(shifts[int(prediction.ride.ride_id)]), 0.0)
        return prediction.model_copy(update={"minutes": minutes})

    return changed


def _befall(case: Case, stack: Stack, versions: Versions, tick: Tick) -> None:
    if case.fault and case.fault.of == "model" and versions.older and case.begins and tick.end > case.begins:
        stack.pointer = versions.older.card.version


def _hourly(stack: Stack, plan: Plan, tick: Tick) -> Iterable[Transition]:
    """Do what is done every hour; by the daily schedule an hour is reported if an alert of hours can hang on it."""
    if plan.schedule == "hourly":
        return stack.report(("hour", "day"))
    turned, asked = stack.watch(), len(tick.asked)
    telling = turned or asked >= MIN_ROWS or (stack.is_relieved and asked >= FEW)
    return stack.report_hour(tick.end) if telling else ()


def _note(course: Course, stack: Stack, transitions: Iterable[Transition]) -> None:
    for transition in transitions:
        alert = transition.alert
        if transition.action == "opened":
            course.raised[alert.alert_id] = _raised(alert, stack)
        elif transition.action == "resolved":
            there = course.raised[alert.alert_id]
            course.raised[alert.alert_id] = there.model_copy(update={"resolved_at": transition.at})


def _raised(alert: Alert, stack: Stack) -> Raised:
    return Raised(
        severity=alert.severity,
        rule=alert.rule,
        cause=alert.cause,
        at=alert.at,
        rides=stack.asked,
        labelled_rides=stack.labelled,
        sentence=alert.sentence,
        subject=alert.subject.name,
        model_version=alert.model_version,
    )
