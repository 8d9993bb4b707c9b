"""Which alert found which fault: how soon, and whether it named what was wrong."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from contracts.ride import NEW_YORK
from ridewatch.backtest.course import Course
from ridewatch.backtest.plain import Flag
from ridewatch.backtest.result import Found, Raised, Setup
from ridewatch.faults.fault import Fault, Monitor

RULES: Final[dict[Monitor, frozenset[str]]] = {
    "errors": frozenset(
        {
            *("errors_changed", "errors_grew", "answers_too_long", "answers_too_short"),
            *("no_better_than_fallback", "intervals_too_narrow"),
        }
    ),
    "segment": frozenset({"segment_weak", "group_disadvantaged", "segment_moved"}),
    "drift": frozenset({"column_moved", "rides_moved", "errors_expected"}),
    "quality": frozenset(
        {"check_broken", "values_missing", "values_unseen", "column_unusable", "requests_rejected", "most_rejected"}
    ),
    "volume": frozenset({"rides_stopped", "fewer_rides", "more_rides"}),
    "service": frozenset({"fallback_answers", "older_model", "report_failed", "labels_overdue"}),
}
"""Which rules make up a monitor."""
SECONDS_AN_HOUR = 3_600
WORDS = re.compile(r"[:,]? |,")
"""What parts the words of a subject, such as `vendor=2: distance`, or of a cause."""


def new_alerts(course: Course, quiet: Course, begins: datetime) -> tuple[Raised, ...]:
    """Give the alerts that a fault brought: opened after it began, and not open then on the same rides without it."""
    usual = list(quiet.raised.values())
    return tuple(each for each in course.raised.values() if each.at > begins and not _was_open(each, usual))


def new_flags(flags: Sequence[Flag], quiet: Sequence[Flag], begins: datetime) -> list[Flag]:
    """Give what a fault brought: flagged on its first day or later, and not that day on the same rides without it."""
    first, usual = begins.astimezone(NEW_YORK).date(), {flag[:3] for flag in quiet}
    return [flag for flag in flags if flag.day >= first and flag[:3] not in usual]


def by_monitor(fault: Fault, alerts: Sequence[Raised], before: int, begins: datetime) -> tuple[Found, ...]:
    """Say of every monitor what it made of a fault; `before` rides had been asked when it began."""
    return tuple(
        found_by(monitor, fault, [each for each in alerts if each.rule in rules], before, begins)
        for monitor, rules in RULES.items()
    )


def found_by(by: str, fault: Fault, alerts: Sequence[Raised], before: int, begins: datetime) -> Found:
    """Say what some alerts made of a fault: the first that names what is wrong, else the first."""
    if not alerts:
        return Found(by=by, found=False)
    first = next((each for each in alerts if names(fault, each)), alerts[0])
    return Found(
        by=by,
        found=True,
        named=names(fault, first),
        rides=first.rides - before,
        hours=(first.at - begins).total_seconds() / SECONDS_AN_HOUR,
        rule=first.rule,
        subject=first.subject,
        cause=first.cause,
        sentence=first.sentence,
    )


def found_plainly(
    setup: Setup, fault: Fault, flags: Iterable[Flag], begins: datetime, asked: Callable[[datetime, datetime], int]
) -> Found:
    """Say what a plain setup made of a fault: it can name a column. `asked` counts the rides between two moments."""
    own = [flag for flag in flags if flag.setup == setup]
    if not own:
        return Found(by=setup, found=False)
    first = next((flag for flag in own if flag.column == fault.named), own[0])
    return Found(
        by=setup,
        found=True,
        named=first.column == fault.named,
        rides=asked(begins, end_of(first.day)),
        hours=(end_of(first.day) - begins).total_seconds() / SECONDS_AN_HOUR,
        rule=setup,
        subject=first.column,
    )


def end_of(day: date) -> datetime:
    """Give the end of a local day: then a plain setup has seen it."""
    return datetime(day.year, day.month, day.day, tzinfo=NEW_YORK) + timedelta(days=1)


def names(fault: Fault, alert: Raised) -> bool:
    """Tell whether an alert says what is wrong by its rule, subject or cause, and of errors also why."""
    said = {alert.rule, *alert.rule.split("_"), *WORDS.split(alert.subject), *WORDS.split(alert.cause)}
    return fault.named in said and (fault.monitor != "errors" or fault.cause in alert.cause)


def _was_open(alert: Raised, usual: Iterable[Raised]) -> bool:
    """Tell whether the same was open at that time without the fault."""
    alike = (each for each in usual if (each.rule, each.subject) == (alert.rule, alert.subject))
    return any(each.at <= alert.at and (each.resolved_at is None or alert.at <= each.resolved_at) for each in alike)
