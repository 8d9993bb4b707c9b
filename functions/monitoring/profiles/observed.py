"""Observed rows: a window as the sum of its hours, with what is needed to hold the reference at the same hours."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from contracts.profile import ProfileSpec
from monitoring.numeric.design import effective_days
from monitoring.numeric.values import Floats, Indices
from monitoring.profiles.counting import CodedRows, count
from monitoring.profiles.layout import Integers, layout_of
from monitoring.profiles.profile import Profile, empty, include
from monitoring.profiles.strata import HOURS, HOURS_A_DAY


class HourOf(NamedTuple):
    """The profile of one hour: which hour of the week it is, and of which day."""

    stratum: int
    day: int
    profile: Profile


@dataclass(frozen=True)
class Observed:
    """The rows of a window."""

    profile: Profile
    rows: Integers
    """By hour of the week and slice; shape (168, slices)."""
    judged: Integers
    """The same of the rows that have an error."""
    day_rows: Integers
    """How many rows each day holds that holds any: rows of one day resemble each other."""

    @cached_property
    def days(self) -> float:
        """Give the number of equally full days that would tell as much."""
        return effective_days(self.day_rows)


def observed(spec: ProfileSpec, hours: Iterable[HourOf]) -> Observed:
    """Add up hours."""
    total, slices = empty(spec), len(layout_of(spec).slices)
    rows, judged = (np.zeros((HOURS, slices), dtype=np.int64) for _ in range(2))
    days: Counter[int] = Counter()
    for stratum, day, profile in hours:
        include(total, profile)
        rows[stratum] += profile.rows
        judged[stratum] += judged_rows(profile)
        days[day] += int(profile.rows[0])
    return Observed(total, rows, judged, np.array([held for held in days.values() if held], dtype=np.int64))


def observed_rows(coded: CodedRows, hours: Indices) -> Observed:
    """Count rows, given the whole hours from some Monday's midnight to each."""
    return observed_parts(coded.spec, [(coded, hours)])


def observed_parts(spec: ProfileSpec, parts: Iterable[tuple[CodedRows, Indices]]) -> Observed:
    """Count rows that come in parts, so that no more than a part is held at a time."""
    total, slices = empty(spec), len(layout_of(spec).slices)
    rows, judged = (np.zeros((HOURS, slices), dtype=np.int64) for _ in range(2))
    days: Counter[int] = Counter()
    for coded, hours in parts:
        include(total, count(coded))
        rows += _by_hour(coded, hours)
        judged += _by_hour(coded, hours, _has_error(coded))
        found, held = np.unique(hours // HOURS_A_DAY, return_counts=True)
        days.update(dict(zip(found.tolist(), held.tolist(), strict=True)))
    return Observed(total, rows, judged, np.array(list(days.values()), dtype=np.int64))


def _by_hour(coded: CodedRows, hours: Indices, weights: Floats | None = None) -> Integers:
    return coded.groups.spread(hours % HOURS, HOURS, weights).T.astype(np.int64)


def _has_error(coded: CodedRows) -> Floats:
    errors = [column for column in coded.spec.columns if column.role == "error"]
    if not errors:
        return np.zeros(len(coded))
    return (coded.bins[errors[0].name] < errors[0].bins - 1).astype(np.float64)


def judged_rows(profile: Profile) -> Integers:
    """Count, by slice, the rows that have an error."""
    errors = [column for column in profile.spec.columns if column.role == "error"]
    if not errors:
        return np.zeros(len(profile.rows), dtype=np.int64)
    cells = profile.layout.columns[errors[0].name]
    found: Integers = profile.counts[:, cells][:, :-1].sum(axis=1)
    return found
