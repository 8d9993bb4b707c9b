"""A column beside a window that a person accepted as normal for it: the same score, with that window for reference."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from contracts.profile import Column, ProfileSpec
from monitoring.numeric.clustered import Sample, clustered_psi
from monitoring.numeric.design import effective_days
from monitoring.numeric.drift import DRIFT_BOUND, Psi
from monitoring.numeric.grouping import scoring_groups
from monitoring.numeric.values import Floats
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.layout import Bins, Counts, bins_of
from monitoring.profiles.observed import HourOf
from monitoring.profiles.profile import Profile, add
from monitoring.profiles.strata import Strata, effective_rows, weights_at
from monitoring.profiles.verdicts import is_cyclic


class Normal(NamedTuple):
    """The hours of an accepted window, by hour of the week."""

    strata: Strata
    days: float
    """The equally full days that would tell as much."""


class Beside(NamedTuple):
    """A column of now beside the accepted window."""

    close: bool
    """Nothing shows that it has moved from there by more than the bound."""
    missing_share: float
    """Of the accepted window."""
    unseen_share: float
    psi: Psi | None
    """None where either holds too little to compare."""


def normal_of(spec: ProfileSpec, hours: Iterable[HourOf]) -> Normal | None:
    """Put the hours of an accepted window together; None of none."""
    profiles: dict[int, Profile] = {}
    days: dict[int, int] = {}
    for stratum, day, profile in hours:
        profiles[stratum] = add(profiles[stratum], profile) if stratum in profiles else profile
        days[day] = days.get(day, 0) + int(profile.rows[0])
    if not any(days.values()):
        return None
    return Normal(Strata.of(spec, profiles).first_slice(), effective_days(np.array(list(days.values()))))


def beside(window: Comparison, column: Column, normal: Normal) -> Beside:
    """Score a column against the accepted window at the hours of the week of now.

    A column that repeats every day or week is compared as it is: at the same hours it would always be the same.
    """
    weights = _weights(window, column, normal)
    then = _bins(column, normal, weights)
    found = _psi(window, column, then, normal, effective_rows(normal.strata.rows, weights)[0])
    rows = max(then.present + then.missing, 1e-9)
    close = found is not None and found.lower <= DRIFT_BOUND
    return Beside(close, then.missing / rows, then.unseen / rows, found)


def _weights(window: Comparison, column: Column, normal: Normal) -> Floats:
    rows = normal.strata.rows
    return np.ones(rows.shape) if is_cyclic(column) else weights_at(rows, window.observed.rows[:, :1])


def _bins(column: Column, normal: Normal, weights: Floats) -> Bins:
    profile = normal.strata.at(weights)
    counts: Counts = profile.counts[0, profile.layout.columns[column.name]]
    return bins_of(column, counts)


def _psi(window: Comparison, column: Column, then: Bins, normal: Normal, rows: float) -> Psi | None:
    now, _ = window.samples(column)
    known = float(then.known.sum())
    if min(now.rows, known) < window.least:
        return None
    accepted = Sample(then.known, rows * known / max(then.present + then.missing, 1e-9), normal.days)
    correlation = window.reference.dependence.get(column.name, 0.0)
    groups = scoring_groups(column, now.counts, then.known, now.worth(correlation), accepted.worth(correlation))
    if not groups.size or not groups.max():
        return None
    return clustered_psi(now, accepted, window.history(column), groups)
