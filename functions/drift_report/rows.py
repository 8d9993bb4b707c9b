"""Documents of a window as columns of a spec."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from contracts.profile import Column, ProfileSpec
from drift_report.reference import Columns

Row = Mapping[str, Any]
AT_ONCE = 5_000
"""Rows that are held as documents at a time."""


def fields_of(spec: ProfileSpec) -> list[str]:
    """Name the fields of a prediction that a report needs."""
    features = [f"features.{column.name}" for column in spec.columns if column.role == "feature"]
    return [*features, "minutes", "actual", "event_time", "ride.ride_id", "served_by", "flags"]


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Cut rows into lists of AT_ONCE."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, AT_ONCE)):
        yield chunk


def columns_of(spec: ProfileSpec, rows: Sequence[Row], judged: tuple[float, float]) -> Columns:
    """Give the columns of some rows; the error only of rows whose actual is of the durations that are judged."""
    return {column.name: list(map(_reader(column, judged), rows)) for column in spec.columns}


def _reader(column: Column, judged: tuple[float, float]) -> Callable[[Row], Any]:
    readers: dict[str, Callable[[Row], Any]] = {
        "feature": lambda row: row.get("features", {}).get(column.name),
        "prediction": lambda row: row["minutes"],
        "actual": lambda row: row.get("actual"),
        "error": lambda row: _error(row, judged),
    }
    return readers[column.role]


def _error(row: Row, judged: tuple[float, float]) -> float | None:
    actual = row.get("actual")
    if actual is None or not judged[0] <= actual <= judged[1]:
        return None
    return float(row["minutes"] - actual)
