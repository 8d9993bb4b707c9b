"""The TLC's column names through the years, and how each becomes a column of a RideTable."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ridewatch.sources.errors import UnsoundSourceError
from ridewatch.sources.table import MISSING, RideTable

NAMES: dict[str, tuple[str, ...]] = {
    "pickup_zone": ("pulocationid",),
    "dropoff_zone": ("dolocationid",),
    "distance": ("trip_distance",),
    "pickup_time": ("tpep_pickup_datetime", "lpep_pickup_datetime"),
    "dropoff_time": ("tpep_dropoff_datetime", "lpep_dropoff_datetime"),
    "passengers": ("passenger_count",),
    "vendor": ("vendorid",),
    "payment_type": ("payment_type",),
}
OPTIONAL = frozenset({"passengers", "vendor", "payment_type"})
REAL = frozenset({"distance", "passengers"})
TIMES = frozenset({"pickup_time", "dropoff_time"})


def present(names: Sequence[str], where: str) -> dict[str, str]:
    """Find our columns among a file's names, whatever their case. Raises UnsoundSourceError."""
    by_lower = {name.lower(): name for name in names}
    found = {ours: by_lower[theirs] for ours, choices in NAMES.items() for theirs in choices if theirs in by_lower}
    lacking = [" or ".join(NAMES[ours]) for ours in NAMES if ours not in found and ours not in OPTIONAL]
    if lacking:
        message = (
            f"{where} holds no TLC rides that we can read: it lacks {', '.join(lacking)} (it has {', '.join(names)}). "
            "Yellow files from 2016-07 on and green files name their zones so; older ones hold coordinates instead."
        )
        raise UnsoundSourceError(message)
    return found


def to_rides(table: pa.Table, found: dict[str, str], where: str) -> RideTable:
    """Turn a file's columns into ours. Raises UnsoundSourceError for a column of another type."""
    return RideTable(**{ours: _column(table, ours, found.get(ours), where) for ours in NAMES})


def _column(table: pa.Table, ours: str, theirs: str | None, where: str) -> NDArray[Any]:
    if theirs is None:
        return np.full(len(table), np.nan) if ours in REAL else np.full(len(table), MISSING, dtype=np.int32)
    try:
        return _converted(table[theirs], ours)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        message = f"{where}: column {theirs} does not hold {_wanted(ours)} ({error}). Repair or leave out this file."
        raise UnsoundSourceError(message) from error


def _converted(column: pa.ChunkedArray, ours: str) -> NDArray[Any]:
    if ours in TIMES:
        return np.asarray(_wall_clock(column).to_numpy(), dtype="datetime64[us]")
    numbers = np.asarray(pc.cast(column, pa.float64()).to_numpy(), dtype=np.float64)
    if ours in REAL:
        return numbers
    return np.nan_to_num(numbers, nan=MISSING).astype(np.int32)


def _wall_clock(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give New York's time: the TLC's files mean it without saying so, others may name their zone."""
    if not pa.types.is_timestamp(column.type) or column.type.tz is None:
        return pc.cast(column, pa.timestamp("us"), safe=False)
    return pc.local_timestamp(pc.cast(column, pa.timestamp("us", tz="America/New_York"), safe=False))


def _wanted(ours: str) -> str:
    return "times" if ours in TIMES else "numbers"
