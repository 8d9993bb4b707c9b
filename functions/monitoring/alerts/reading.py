"""A reading: one number of a report as an alert rule looks at it, with its interval and what it is of."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from contracts.alert_rules import Cause
from contracts.alerts import Subject
from contracts.findings import Estimate
from monitoring.numeric.intervals import Interval

THE_MODEL = Subject()


class Reading(NamedTuple):
    """One number of one subject."""

    subject: Subject
    value: float
    low: float
    high: float
    rows: int
    """That it rests on."""
    reference: float | None = None
    verdict: bool | None = None
    """The report's own, corrected for all that it tests: what it denies is beyond no limit. None where it has none."""
    cause: Cause | None = None
    """Where it is more exact than the rule's."""
    lean: str = ""
    """To which side errors lean."""
    detail: str = ""
    """What a person should know beside the number."""
    announced: str = ""
    """What could be known before any label, as a sentence of its own."""
    since: datetime | None = None
    """When it began, where the report knows: else the window says it."""


def of_estimate(estimate: Estimate | None, rows: int, subject: Subject = THE_MODEL) -> Iterator[Reading]:
    """Read an estimate; one without an interval says nothing."""
    if estimate and estimate.low is not None and estimate.high is not None:
        yield Reading(subject, estimate.value, estimate.low, estimate.high, rows, estimate.reference)


def of_share(
    share: Interval | None, rows: int, reference: float | None, subject: Subject = THE_MODEL
) -> Iterator[Reading]:
    """Read a share with its interval; one of no rows says nothing."""
    if share:
        yield Reading(subject, share.value, share.lower, share.upper, rows, reference)


def exact(value: float, rows: int, subject: Subject = THE_MODEL) -> Reading:
    """Read a number that is no estimate: a count, or 1 for what is so and 0 for what is not."""
    number = float(value)
    return Reading(subject, number, number, number, rows)


def less(reading: Reading, usual: float) -> Reading:
    """Read how much more it is than something."""
    return reading._replace(
        value=reading.value - usual, low=reading.low - usual, high=reading.high - usual, reference=None
    )


def sized(reading: Reading) -> Reading:
    """Read a difference as its size, whichever way it is."""
    if reading.value >= 0:
        return reading
    return reading._replace(value=-reading.value, low=-reading.high, high=-reading.low)
