"""Rows that have an error, coded by a spec: of a window, or of the reference's sample."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from contracts.profile import ProfileSpec, Role
from drift_report.rows import Columns
from monitoring.numeric.values import Floats, Indices, aligned
from monitoring.profiles.counting import CodedRows, code

STRATUM, DAY = "stratum", "day"
"""In the reference's sample, each row's hour of the week and its day."""


class Labelled(NamedTuple):
    """Rows that have an error."""

    rows: CodedRows
    errors: Floats
    expected: Floats
    """The |error| that was expected; NaN where none was."""
    days: Indices
    """Rows of one day have one number."""
    ids: Sequence[str]

    def foreseen(self) -> "Labelled":
        """Give the rows of which an error was expected."""
        held = np.flatnonzero(~np.isnan(self.expected))
        parts = (self.errors[held], self.expected[held], self.days[held])
        return Labelled(self.rows.take(held), *parts, [self.ids[place] for place in held.tolist()])


def labelled_of(spec: ProfileSpec, columns: Columns, days: Indices, ids: Sequence[str]) -> Labelled:
    """Lay out the rows that have an error."""
    absent = np.full(len(ids), np.nan)
    errors, expected = (aligned(columns.get(column_of(spec, role), absent)) for role in ("error", "estimated_error"))
    held = np.flatnonzero(~np.isnan(errors))
    rows = code(spec, {name: columns[name] for name in columns if name in {c.name for c in spec.columns}}).take(held)
    return Labelled(rows, errors[held], expected[held], days[held], [ids[place] for place in held.tolist()])


def labelled_reference(spec: ProfileSpec, sample: Columns) -> Labelled:
    """Lay out the reference's sample; its days have numbers below those of any window."""
    rows = len(next(iter(sample.values()), ()))
    days = -1 - np.array(sample.get(DAY, range(rows)), dtype=np.intp)
    return labelled_of(spec, sample, days, [""] * rows)


def column_of(spec: ProfileSpec, role: Role) -> str:
    """Name the column of a role; nothing where there is none."""
    return next((column.name for column in spec.columns if column.role == role), "")
