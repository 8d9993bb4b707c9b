"""A table of rides: one numpy array a column, dirt included."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

MISSING = -1
"""What stands in an integer column where the source has nothing."""

Rows = NDArray[np.int64] | NDArray[np.bool_] | slice


@dataclass(frozen=True)
class RideTable:
    """Rides as equally long columns; nothing is judged here, so impossible values stay as they were."""

    pickup_zone: NDArray[np.int32]
    dropoff_zone: NDArray[np.int32]
    distance: NDArray[np.float64]
    """Miles; NaN where missing."""
    pickup_time: NDArray[np.datetime64]
    """New York's wall clock, microseconds, without a zone; NaT where missing."""
    dropoff_time: NDArray[np.datetime64]
    passengers: NDArray[np.float64]
    """NaN where missing."""
    vendor: NDArray[np.int32]
    """-1 where missing, as in every integer column."""
    payment_type: NDArray[np.int32]

    def __len__(self) -> int:
        """Count the rides."""
        return len(self.pickup_zone)

    @property
    def duration_minutes(self) -> NDArray[np.float64]:
        """Drop-off minus pickup by the wall clock; NaN where either is missing, negative where the source says so."""
        minutes: NDArray[np.float64] = (self.dropoff_time - self.pickup_time) / np.timedelta64(60_000_000, "us")
        return minutes

    def take(self, rows: Rows) -> Self:
        """Give these rows: by position, mask or slice."""
        return type(self)(**{name: column[rows] for name, column in self.columns().items()})

    def columns(self) -> dict[str, NDArray[Any]]:
        """Give the columns by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def in_pickup_order(self) -> Self:
        """Sort by pickup time, stably; rides without one come last."""
        return self.take(np.argsort(self.pickup_time, kind="stable"))

    def sample(self, rows: int, *, seed: int) -> Self:
        """Draw a uniform sample without replacement, in the order of the table; all rides where there are fewer."""
        if rows >= len(self):
            return self
        drawn = np.random.default_rng(seed).choice(len(self), size=rows, replace=False)
        return self.take(np.sort(drawn))

    def ride(self, row: int) -> dict[str, Any]:
        """Give one ride as a caller sends it to `POST /predict`; what is missing is left out."""
        payload = {
            "pickup_zone": _number(self.pickup_zone[row]),
            "dropoff_zone": _number(self.dropoff_zone[row]),
            "distance": _number(self.distance[row]),
            "pickup_time": _iso(self.pickup_time[row]),
            "passengers": _whole(self.passengers[row]),
            "vendor": _number(self.vendor[row]),
            "payment_type": _number(self.payment_type[row]),
        }
        return {name: value for name, value in payload.items() if value is not None}


def concatenate(tables: Sequence[RideTable]) -> RideTable:
    """Put tables after one another."""
    parts = [table.columns() for table in tables]
    return RideTable(**{name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def _number(value: np.int32 | np.float64) -> int | float | None:
    return None if value == MISSING or np.isnan(value) else value.item()


def _whole(value: np.float64) -> int | None:
    return None if np.isnan(value) else int(value)


def _iso(moment: np.datetime64) -> str | None:
    return None if np.isnat(moment) else str(moment.astype("datetime64[ms]"))
