"""Why the MAE changed: because rows got harder, or because the world no longer is what the model learnt."""

from typing import Literal, NamedTuple

import numpy as np

from contracts.error_watch import Side
from monitoring.numeric.measured import Codes, Measured, difference, mean_of
from monitoring.numeric.values import Floats

Cause = Literal["covariate", "concept", "both", "neither"]
LEAST_CHANGE = 0.1
"""Of the MAE before: a smaller part is of no practical weight."""
DOMINANT = 3.0
"""A part so many times the other is the cause alone: it carries three quarters of the change."""


class Account(NamedTuple):
    """The errors of some labelled rows, and how much of them was foreseen."""

    rows: int
    mae: Measured
    foreseen: Measured
    """The mean |error| that was estimated before any label."""
    unforeseen: Measured
    """The mean of |error| less its estimate, row by row."""
    lean: Measured
    """The mean error = prediction − actual: positive means answers too long."""


class Change(NamedTuple):
    """The change of MAE = covariate + concept."""

    total: Measured
    covariate: Measured
    """Of the mean estimated error: the inputs got harder."""
    concept: Measured
    """Of what was not foreseen: the same inputs are answered worse."""
    lean: Measured
    cause: Cause
    side: Side
    """`long` or `short` where answers clearly lean more to that side than before."""


class Hindsight(NamedTuple):
    """How good the estimate was, now that labels are there; shares of the measured MAE."""

    miss: float
    """The estimate less the measured one."""
    constant_miss: float
    """The same of the constant answer `as before`."""
    within: bool
    """Whether the difference is no more than chance."""


def account_of(estimated: Floats, errors: Floats, days: Codes, likeness: float) -> Account:
    """Take account of labelled rows: their estimated |error|, their error, and their day (numeric.measured)."""
    size = np.abs(errors)
    means = [mean_of(values, days, likeness) for values in (size, estimated, size - estimated, errors)]
    return Account(len(errors), *means)


def change_of(now: Account, then: Account) -> Change:
    """Split the change of MAE; intervals are of independent windows."""
    covariate, concept = difference(now.foreseen, then.foreseen), difference(now.unforeseen, then.unforeseen)
    lean, least = difference(now.lean, then.lean), LEAST_CHANGE * then.mae.value
    total = difference(now.mae, then.mae)
    return Change(total, covariate, concept, lean, _cause(covariate, concept, least), _side(lean, least))


def hindsight(now: Account, then: Account) -> Hindsight:
    """Hold the estimate against what was measured, and against expecting what was before."""
    measured = now.mae.value
    miss, constant = now.foreseen.value - measured, then.mae.value - measured
    surprise = difference(now.unforeseen, then.unforeseen)
    return Hindsight(miss / measured, constant / measured, within=not surprise.clear)


def _cause(covariate: Measured, concept: Measured, least: float) -> Cause:
    sizes = {"covariate": abs(covariate.value), "concept": abs(concept.value)}
    if not any(part.clear and abs(part.value) >= least for part in (covariate, concept)):
        return "neither"
    if sizes["covariate"] >= DOMINANT * sizes["concept"]:
        return "covariate"
    return "concept" if sizes["concept"] >= DOMINANT * sizes["covariate"] else "both"


def _side(lean: Measured, least: float) -> Side:
    if not lean.clear or abs(lean.value) < least:
        return "either"
    return "long" if lean.value > 0 else "short"
