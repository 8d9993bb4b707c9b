"""Errors of a quiet quarter: no two days alike, and yet nothing is wrong.

Measured on a model of 2019-01/02 from January to June 2019, as log minutes against its predictions: days differ by
0.045 and resemble the day before (autocorrelation 0.4), weekdays by 0.02, the season adds 0.065 in June, on holidays
the streets are emptier by 0.13 to 0.21. Rides scatter by 0.31 around that, more in June and on short rides. A day's
mean error so varies 5 times as much as if its rides were independent (4 to 8 times in real months).
"""

from typing import Final, NamedTuple

import numpy as np

from ridewatch.simulator.facts import Floats

DAYS: Final = 91
PACE_OF_DAYS, LIKE_THE_DAY_BEFORE = 0.045, 0.4
PACE_OF_WEEKDAYS: Final = (-0.01, 0.01, 0.025, 0.025, 0.0, -0.03, -0.02)
PACE_OF_HOLIDAYS, HOLIDAYS = -0.17, 3
PACE_AT_THE_END = 0.08
"""Log minutes that the season has added by the last day; it begins with none."""
SPREAD_OF_DAYS: Final = 0.09
SPREAD_OF_WEEKDAYS: Final = (0.0, 0.03, 0.06, 0.06, 0.02, -0.04, -0.1)
SPREAD_AT_THE_END = 0.12
"""All of the spread is in logarithms too."""
LOG_PREDICTION: Final = (2.33, 0.66)
LUCK, FREEDOM, BY_LENGTH = 0.24, 6.0, -0.25
"""Student's t at 12 minutes; its scale goes with this power of the predicted minutes."""


class Usual(NamedTuple):
    """What training knows of a model's errors."""

    mae: float
    bias: float


def usual(rng: np.random.Generator, rides: int = 1_000_000) -> Usual:
    """Measure rides of days without any peculiarity."""
    errors = _errors(np.zeros((1, 1)), np.zeros((1, 1)), rides, rng)
    return Usual(float(np.abs(errors).mean()), float(errors.mean()))


def quiet_quarter(rides_a_day: int, rng: np.random.Generator) -> Floats:
    """Draw errors = prediction − actual, in minutes, of shape (days, rides a day)."""
    season = np.linspace(0, 1, DAYS)
    pace = season * PACE_AT_THE_END + np.resize(PACE_OF_WEEKDAYS, DAYS) + _days(rng) + _holidays(rng)
    spread = season * SPREAD_AT_THE_END + np.resize(SPREAD_OF_WEEKDAYS, DAYS) + rng.normal(0, SPREAD_OF_DAYS, DAYS)
    return _errors(pace[:, None], spread[:, None], rides_a_day, rng)


def _errors(pace: Floats, spread: Floats, rides: int, rng: np.random.Generator) -> Floats:
    predicted = np.exp(rng.normal(*LOG_PREDICTION, (len(pace), rides)))
    luck = LUCK * rng.standard_t(FREEDOM, predicted.shape) * (predicted / 12) ** BY_LENGTH * np.exp(spread)
    errors: Floats = predicted - np.clip(predicted * np.exp(pace + luck), 1, 60)
    return errors


def _days(rng: np.random.Generator) -> Floats:
    drawn = rng.normal(0, PACE_OF_DAYS, DAYS)
    fresh = np.sqrt(1 - LIKE_THE_DAY_BEFORE**2)
    for day in range(1, DAYS):
        drawn[day] = LIKE_THE_DAY_BEFORE * drawn[day - 1] + fresh * drawn[day]
    return drawn


def _holidays(rng: np.random.Generator) -> Floats:
    effect = np.zeros(DAYS)
    effect[rng.choice(DAYS, HOLIDAYS, replace=False)] = PACE_OF_HOLIDAYS
    return effect
