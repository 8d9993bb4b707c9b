"""Outcomes: what is derived of a row once its actual is known."""

from collections.abc import Mapping, Sequence

import numpy as np

from contracts.profile import Column, Role
from monitoring.values import Floats, Values, aligned

DERIVED: tuple[Role, ...] = (
    "error",
    "absolute_error",
    "squared_error",
    "relative_error",
    "naive_error",
    "gain",
)


def outcomes_of(prediction: Values, actual: Values, naive: Values, judged: tuple[float, float]) -> dict[Role, Floats]:
    """Give the errors of rows whose actual lies in [judged]; NaN for all others, and without a naive answer."""
    told = aligned(actual)
    truth = np.where((told >= judged[0]) & (told <= judged[1]), told, np.nan)
    error = aligned(prediction) - truth
    absolute, naive_error = np.abs(error), np.abs(aligned(naive) - truth)
    return {
        "error": error,
        "absolute_error": absolute,
        "squared_error": error**2,
        "relative_error": absolute / truth,
        "naive_error": naive_error,
        "gain": naive_error - absolute,
    }


def named(columns: Sequence[Column], outcomes: Mapping[Role, Floats]) -> dict[str, Floats]:
    """Give outcomes by the names of the columns that hold them."""
    return {column.name: outcomes[column.role] for column in columns if column.role in outcomes}
