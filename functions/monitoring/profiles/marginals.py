"""Marginals: the reference's own counts, each hour of the week as it was, and the groups that they are scored in."""

import numpy as np

from contracts.marginals import UNGROUPED, WATCHED, Marginal, Marginals, SliceMarginals
from contracts.profile import Column
from monitoring.numeric.grouping import scoring_groups
from monitoring.profiles.layout import ALL, LABELLED, Integers, bins_of
from monitoring.profiles.profile import Profile
from monitoring.profiles.reference import Reference
from monitoring.profiles.strata import Strata


def marginals_of(reference: Reference, judged_minutes: tuple[float, float]) -> Marginals:
    """Count the reference, slice by slice, without regard to the hour of the week."""
    sides = _Sides(_plain(reference.inputs), _plain(reference.outcomes))
    places = [place for place in sides.inputs.layout.slices if place != LABELLED]
    return Marginals(
        spec=reference.spec,
        judged_minutes=judged_minutes,
        slices=tuple(_slice(sides, place) for place in places),
    )


def groups_of(column: Column, counts: Integers) -> tuple[int, ...]:
    """Group a column's bins as they are scored against so large a window that the reference alone decides."""
    known = bins_of(column, counts).known
    groups = scoring_groups(column, known, known, now_rows=np.inf)
    return (*groups.tolist(), *[UNGROUPED] * (len(counts) - len(known)))


class _Sides:
    """The reference's inputs, and the rows on which its errors were measured."""

    def __init__(self, inputs: Profile, outcomes: Profile) -> None:
        self.inputs = inputs
        self._outcomes = outcomes

    def counts(self, column: Column, place: tuple[str, str]) -> Integers:
        side = self._outcomes if column.role == "error" else self.inputs
        found: Integers = np.rint(side.column(column.name, place).counts).astype(np.int64)
        return found


def _plain(strata: Strata) -> Profile:
    """Add all hours of the week up, each row once."""
    return strata.at(np.ones(strata.rows.shape))


def _slice(sides: _Sides, place: tuple[str, str]) -> SliceMarginals:
    watched = [column for column in sides.inputs.spec.columns if column.role in WATCHED]
    marginals = tuple(_marginal(column, sides.counts(column, place)) for column in watched)
    return SliceMarginals(family=place[0], label=place[1] if place != ALL else "", columns=marginals)


def _marginal(column: Column, counts: Integers) -> Marginal:
    return Marginal(column=column.name, counts=tuple(counts.tolist()), groups=groups_of(column, counts))
