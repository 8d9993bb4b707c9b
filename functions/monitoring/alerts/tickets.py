"""Tickets within their budget: of all that a report could raise one for, what stands against chance all the same."""

from collections.abc import Iterable
from math import inf, isfinite
from typing import NamedTuple

import numpy as np

from contracts.alert_rules import AlertRule, RuleName
from contracts.alerts import Subject
from contracts.report import Report
from monitoring.alerts.reading import Reading
from monitoring.alerts.readings import readings_of
from monitoring.numeric.quantiles import normal_quantile
from monitoring.watch.false_alarms import e_bh, e_value_of_z

TWO_SIDED, ONE_SIDED = normal_quantile(0.975), normal_quantile(0.95)
"""Standard errors from a value to the end of its 95 % interval."""
FAR = 100.0
"""Standard errors; what is beyond is as good as certain."""


class Hypothesis(NamedTuple):
    """That a rule's subject is within its limit."""

    rule: RuleName
    subject: Subject


def judged(rule: AlertRule, report: Report) -> dict[Subject, Reading]:
    """Read what of a report can be judged by a rule."""
    readings = (reading for reading in readings_of(rule.measure, report) if reading.rows >= rule.least_rows)
    return {
        reading.subject: reading for reading in readings if not (rule.needs_reference and reading.reference is None)
    }


def fallen(rules: Iterable[AlertRule], report: Report, level: float) -> frozenset[Hypothesis]:
    """Tell which of a report's tickets e-BH lets pass: where nothing is wrong, with at most the chance `level` any.

    It holds however the numbers of a report depend on one another (Wang and Ramdas 2022); each is taken as normal
    about its value with the standard error that its interval shows.
    """
    tickets = [rule for rule in rules if rule.severity == "ticket" and rule.window == report.window.kind]
    told = {
        Hypothesis(rule.name, subject): _distance(rule, reading)
        for rule in tickets
        for subject, reading in judged(rule, report).items()
    }
    if not told:
        return frozenset()
    aimed = float(np.sqrt(2 * np.log(len(told) / level)))
    distances = np.clip(list(told.values()), -FAR, FAR)
    passed = e_bh(e_value_of_z(distances, aimed), level)
    return frozenset(each for each, falls in zip(told, passed, strict=True) if falls)


def _distance(rule: AlertRule, reading: Reading) -> float:
    """Give the standard errors by which a value is beyond its limit; endlessly many of one that is no estimate."""
    above = rule.direction == "above"
    beyond = reading.value - rule.limit(reading.reference) if above else rule.limit(reading.reference) - reading.value
    reach = reading.value - reading.low if above else reading.high - reading.value
    if reach <= 0:
        return inf if beyond > 0 else -inf
    sides = TWO_SIDED if isfinite(reading.low) and isfinite(reading.high) else ONE_SIDED
    return beyond * sides / reach
