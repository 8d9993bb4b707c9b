"""Outcomes: what is derived of a row once its actual is known."""

from typing import NamedTuple

import numpy as np

from contracts.profile import Role
from monitoring.numeric.values import Floats, Values, aligned


class Said(NamedTuple):
    """What was said of each row, and what it was."""

    prediction: Values
    actual: Values
    naive: Values
    """What the fallback would have answered."""
    estimated_error: Values
    """The |error| that was expected."""


def outcomes_of(said: Said, judged: tuple[float, float]) -> dict[Role, Floats]:
    """Give the errors of rows whose actual lies in [judged], NaN of all others and of what was not said."""
    told = aligned(said.actual)
    truth = np.where((told >= judged[0]) & (told <= judged[1]), told, np.nan)
    error = aligned(said.prediction) - truth
    absolute, naive_error = np.abs(error), np.abs(aligned(said.naive) - truth)
    estimated = aligned(said.estimated_error)
    unforeseen = absolute - estimated
    return {
        "error": error,
        "absolute_error": absolute,
        "squared_error": error**2,
        "relative_error": absolute / truth,
        "naive_error": naive_error,
        "gain": naive_error - absolute,
        "estimated_error": estimated,
        "foreseen": np.where(np.isnan(unforeseen), np.nan, estimated),
        "unforeseen": unforeseen,
    }
