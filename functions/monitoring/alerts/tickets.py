"""Tickets within their budget: of all that a report could raise one for, what stands against chance all the same."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf, isfinite
from typing import NamedTuple

import numpy as np

from contracts.alert_rules import AlertRule, RuleName
from contracts.alerts import Subject
from contracts.report import Report
from monitoring.alerts.reading import Reading
from monitoring.alerts.readings import readings_of
from monitoring.numeric.quantiles import normal_quantile
from monitoring.numeric.values import Floats
from monitoring.watch.false_alarms import e_bh, e_value_of_z

TWO_SIDED, ONE_SIDED = normal_quantile(0.975), normal_quantile(0.95)
"""Standard errors from a value to the end of its 95 % interval."""
FAR = 100.0
"""Standard errors; what is beyond is as good as certain."""


class Hypothesis(NamedTuple):
    """That a rule's subject is within its limit."""

    rule: RuleName
    subject: Subject


Readings = Mapping[RuleName, Mapping[Subject, Reading]]


def judged(rules: Iterable[AlertRule], report: Report) -> Readings:
    """Read what of a report can be judged, by each rule of its kind of window."""
    return {rule.name: _judged(rule, report) for rule in rules if rule.window == report.window.kind}


def _judged(rule: AlertRule, report: Report) -> dict[Subject, Reading]:
    readings = (reading for reading in readings_of(rule.measure, report) if reading.rows >= rule.least_rows)
    return {
        reading.subject: reading for reading in readings if not (rule.needs_reference and reading.reference is None)
    }


Distances = Mapping[Hypothesis, float]
"""By how many standard errors each number of a report lies beyond its limit."""


def distances(rules: Iterable[AlertRule], readings: Readings) -> Distances:
    """Measure all that a report could raise a ticket for."""
    return {
        Hypothesis(rule.name, subject): min(max(_distance(rule, reading), -FAR), FAR)
        for rule in rules
        if rule.severity == "ticket" and rule.name in readings
        for subject, reading in readings[rule.name].items()
    }


def fallen(lately: Sequence[Distances], level: float) -> frozenset[Hypothesis]:
    """Tell which tickets of the last of some reports e-BH lets pass: with the chance `level` any, were nothing wrong.

    It holds however the numbers of a report depend on one another (Wang and Ramdas 2022). Each is taken as normal
    about its value with the standard error that its interval shows, given the reports before; the evidence is the mean
    of those of the last report, of the last two (Stouffer 1949) and so on, which is an e-value as they are.
    """
    if not lately or not lately[-1]:
        return frozenset()
    aimed = float(np.sqrt(2 * np.log(len(lately[-1]) / level)))
    passed = e_bh(_evidence(lately, aimed), level)
    return frozenset(each for each, falls in zip(lately[-1], passed, strict=True) if falls)


def _evidence(lately: Sequence[Distances], aimed: float) -> Floats:
    """Give the e-value of each hypothesis of the last report, by that report and those before it."""
    told = np.array([[each.get(hypothesis, np.nan) for hypothesis in lately[-1]] for each in reversed(lately)])
    known = ~np.isnan(told)
    together = np.nancumsum(told, axis=0) / np.sqrt(np.maximum(np.cumsum(known, axis=0), 1))
    found: Floats = np.mean(e_value_of_z(np.clip(together, -FAR, FAR), aimed), axis=0, where=known)
    return found


def _distance(rule: AlertRule, reading: Reading) -> float:
    """Give the standard errors by which a value is beyond its limit; endlessly many of one that is no estimate."""
    above = rule.direction == "above"
    beyond = reading.value - rule.limit(reading.reference) if above else rule.limit(reading.reference) - reading.value
    reach = reading.value - reading.low if above else reading.high - reading.value
    if reach <= 0:
        return inf if beyond > 0 else -inf
    sides = TWO_SIDED if isfinite(reading.low) and isfinite(reading.high) else ONE_SIDED
    return beyond * sides / reach
