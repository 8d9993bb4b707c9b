"""What a fault is, and which there are."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, ValidationError

from contracts.base import Contract
from ridewatch.sources.errors import SourceError
from ridewatch.sources.table import RideTable

Monitor = Literal["drift", "quality", "volume", "segment", "errors", "service"]
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
    return read((files(__package__) / "planted.toml").read_text(encoding="utf-8"))


def read(text: str) -> dict[str, Fault]:
    """Read faults by name, as planted.toml has them. Raises UnknownFault."""
    try:
        return {name: Fault(name=name, **said) for name, said in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, TypeError, ValidationError) as error:
        message = f"these are no faults as ridewatch/faults/planted.toml has them: {error}"
        raise UnknownFault(message) from error


def fault_of(name: str, known: Mapping[str, Fault] | None = None) -> Fault:
    """Give the fault of a name, of those that ship or of others. Raises UnknownFault."""
    there = faults() if known is None else known
    if name not in there:
        message = f"there is no fault {name!r}; there are {', '.join(there)}"
        raise UnknownFault(message)
    return there[name]
