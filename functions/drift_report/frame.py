"""Columns as data frames that Evidently can bear; what it cannot is left out and named."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from contracts.profile import CategoricalColumn, Column, ProfileSpec
from drift_report.rows import Columns
from monitoring.numeric.values import aligned, label_of

if TYPE_CHECKING:
    import pandas as pd

OTHER = "other"
LESS = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"


class Frames(NamedTuple):
    """The window's sample and the reference's, with the same columns."""

    now: "pd.DataFrame"
    reference: "pd.DataFrame"
    columns: tuple[Column, ...]
    left_out: tuple[str, ...]
    """Columns without any value on either side: one such column ends Evidently's whole report."""


def frames_of(spec: ProfileSpec, now: Columns, reference: Columns) -> Frames:
    """Lay out both samples. Actuals without an error are left blank: they are not of the durations judged."""
    sides = [_frame(spec, side) for side in (now, reference)]
    empty = {column.name for column in spec.columns if any(side[column.name].isna().all() for side in sides)}
    kept = [column for column in spec.columns if column.name not in empty]
    left, right = (side[[column.name for column in kept]] for side in sides)
    return Frames(left, right, tuple(kept), tuple(sorted(empty)))


def _frame(spec: ProfileSpec, side: Columns) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 - half a second that the numbers do not need

    rows = len(next(iter(side.values()), ()))
    laid = {column.name: _series(column, side.get(column.name, [None] * rows)) for column in spec.columns}
    frame = pd.DataFrame(laid)
    for actual, error in ((a.name, e.name) for a in spec.columns for e in spec.columns if _are_pair(a, e)):
        frame[actual] = frame[actual].where(frame[error].notna())
    return frame


def _are_pair(one: Column, other: Column) -> bool:
    return (one.role, other.role) == ("actual", "error")


def _series(column: Column, values: list[object]) -> "pd.Series[float] | pd.Series[str]":
    """Give a column's values; labels as objects, for pandas' own text type is pyarrow's where pyarrow is."""
    import pandas as pd  # noqa: PLC0415 - the same

    if isinstance(column, CategoricalColumn):
        return pd.Series([_label(column, value) for value in values], dtype=object)
    return pd.Series(aligned(values), dtype=np.float64)


def _label(column: CategoricalColumn, value: object) -> str | None:
    """Keep the categories of the spec, a hundred at most: Evidently's cost is quadratic in them.

    Evidently writes them into a script of its page as they are, so none may hold what ends one.
    """
    label = label_of(value)
    return label if label is None else label.replace("<", LESS) if label in column.categories else OTHER
