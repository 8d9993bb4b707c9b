"""What a fault is, and which there are."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from contracts.base import Contract
from ridewatch.sources.errors import SourceError
from ridewatch.sources.table import RideTable

Monitor = Literal["drift", "quality", "volume", "segment", "errors"]
Share = Annotated[float, Field(gt=0, le=1)]


BUSY = 0.1
"""Some rides of every source have wrong dates, years before its first day."""


class UnknownFault(SourceError):
    """There is no fault of that name: choose one that is named in the message."""


class Fault(Contract):
    """A fault: see planted.toml."""

    name: str
    does: str
    of: Literal["rides", "answers", "model"]
    day: Annotated[int, Field(ge=1)]
    hour: Annotated[int, Field(ge=0, le=23)]
    share: Share
    monitor: Monitor
    named: str
    cause: Literal["covariate", "concept"]

    def begins(self, rides: RideTable) -> np.datetime64:
        """Tell when it begins among rides, by their first day: the first with a tenth of the busiest day's rides."""
        days, counts = np.unique(
            rides.pickup_time[~np.isnat(rides.pickup_time)].astype("datetime64[D]"), return_counts=True
        )
        first = days[counts >= BUSY * counts.max(initial=0)]
        if not len(first):
            return np.datetime64("NaT", "us")
        begin: np.datetime64 = (first[0] + np.timedelta64((self.day - 1) * 24 + self.hour, "h")).astype(
            "datetime64[us]"
        )
        return begin


@cache
def faults() -> dict[str, Fault]:
    """Read the faults that ship with the package, by name."""
    text = (files(__package__) / "planted.toml").read_text(encoding="utf-8")
    return {name: Fault(name=name, **said) for name, said in tomllib.loads(text).items()}


def fault_of(name: str) -> Fault:
    """Give the fault of a name. Raises UnknownFault."""
    if name not in faults():
        message = f"there is no fault {name!r}; there are {', '.join(faults())}"
        raise UnknownFault(message)
    return faults()[name]
