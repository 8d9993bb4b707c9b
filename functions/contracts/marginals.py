"""Marginals: what the reference counts of each column in each slice, small enough to be watched live."""

from typing import Final, Literal

from contracts.base import SCHEMA_VERSION, Contract
from contracts.profile import ProfileSpec, Role

WATCHED: Final[tuple[Role, ...]] = ("feature", "prediction", "actual", "error")
"""Columns that are counted live; the other roles are derived of these."""
UNGROUPED: Final = -1


class Marginal(Contract):
    """One column of the reference in one slice."""

    column: str
    counts: tuple[int, ...]
    """By bin, in the spec's order."""
    groups: tuple[int, ...]
    """By bin: the number of the group that it is scored in, from 0; −1 for missing and unseen, which are not."""


class SliceMarginals(Contract):
    """The watched columns in one slice."""

    family: str
    """Empty for the slice of all rows."""
    label: str
    columns: tuple[Marginal, ...]


class Marginals(Contract):
    """The reference as it is watched live: all rows first, then each segment."""

    schema_version: Literal[1] = SCHEMA_VERSION
    spec: ProfileSpec
    judged_minutes: tuple[float, float]
    """The actuals that give an error, ends included."""
    slices: tuple[SliceMarginals, ...]
