"""When true durations are told: a distribution of delays, and how many never are."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ridewatch.sources.errors import SourceError

UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
SHAPES = ("fixed", "uniform", "exponential", "lognormal")
FORMS = "fixed:30m, uniform:1h-12h, exponential:2h (its mean) or lognormal:6h,1.0 (its median, its sigma)"
MICROSECONDS = 1_000_000


class WrongDelay(SourceError):
    """A delay is written as one of FORMS."""


@dataclass(frozen=True)
class Labels:
    """How long after its end a ride's duration is told, in seconds, and the share of rides of which it never is."""

    shape: str
    first: float
    second: float = 0.0
    lost: float = 0.0

    @classmethod
    def parse(cls, words: str, lost: float = 0.0) -> Self:
        """Read a delay, such as `exponential:2h`. Raises WrongDelay."""
        shape, _, numbers = words.partition(":")
        try:
            if shape == "uniform":
                low, high = (_seconds(part) for part in numbers.split("-"))
                return cls(shape, low, high, lost)
            if shape == "lognormal":
                median, sigma = numbers.split(",")
                return cls(shape, _seconds(median), float(sigma), lost)
            if shape in SHAPES:
                return cls(shape, _seconds(numbers), lost=lost)
        except ValueError:
            pass
        message = f"{words!r} is no delay of labels: write {FORMS}"
        raise WrongDelay(message)

    def draw(self, rides: int, rng: np.random.Generator) -> NDArray[np.timedelta64]:
        """Draw a delay for each ride; NaT where it never is told."""
        delays = (self._seconds(rides, rng) * MICROSECONDS).astype("timedelta64[us]")
        return np.where(rng.random(rides) < self.lost, np.timedelta64("NaT"), delays)

    def _seconds(self, rides: int, rng: np.random.Generator) -> NDArray[np.float64]:
        match self.shape:
            case "uniform":
                return rng.uniform(self.first, self.second, rides)
            case "exponential":
                return rng.exponential(self.first, rides)
            case "lognormal":
                return rng.lognormal(np.log(self.first), self.second, rides)
        return np.full(rides, self.first)


def _seconds(words: str) -> float:
    number = float(words[:-1]) * UNITS.get(words[-1:], np.nan)
    if not number >= 0:
        raise ValueError(words)
    return number
