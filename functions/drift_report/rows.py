"""Documents of a window as columns of a spec, as they stood at a moment of the server's clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from contracts.hourly import Told
from contracts.profile import Column, ProfileSpec, Role
from monitoring.outcomes import outcomes_of
from monitoring.values import Floats

Row = Mapping[str, Any]
Columns = dict[str, Any]
SECONDS_AN_HOUR = 3_600
LABELS = ("first_actual", "labelled_at", "relabels")
SERVED = ("minutes", "naive_minutes", "event_time", "stored_at", "predicted_at", "ride", "served_by", "flags")


class Standing(NamedTuple):
    """A prediction with the label that it carried at a moment."""

    row: Row
    label: Told | None


def fields_of(spec: ProfileSpec) -> list[str]:
    """Name the fields of a prediction that a report needs."""
    features = [f"features.{column.name}" for column in spec.columns if column.role == "feature"]
    return [*features, *SERVED, *LABELS]


def standing(rows: Sequence[Row], moment: datetime) -> list[Standing]:
    """Give the rows that were stored before a moment, each with its label of then."""
    return [Standing(row, _label(row, moment)) for row in rows if row["stored_at"] < moment]


def columns_of(spec: ProfileSpec, rows: Sequence[Standing], judged: tuple[float, float]) -> Columns:
    """Give the columns of some rows; errors only of rows whose actual is of the durations that are judged."""
    prediction, actual, naive = (_values(rows, name) for name in ("minutes", "actual", "naive_minutes"))
    told: dict[Role, Sequence[Any] | Floats] = {
        "prediction": prediction,
        "actual": actual,
        "delay": [_delay(each) for each in rows],
        **outcomes_of(prediction, actual, naive, judged),
    }
    return {column.name: _column(column, rows, told) for column in spec.columns}


def _label(row: Row, moment: datetime) -> Told | None:
    if "labelled_at" not in row:
        return None
    labels = [Told(row["first_actual"], row["labelled_at"]), *(Told(**again) for again in row.get("relabels", ()))]
    return next((label for label in reversed(labels) if label.at < moment), None)


def _values(rows: Sequence[Standing], name: str) -> list[Any]:
    if name == "actual":
        return [each.label.minutes if each.label else None for each in rows]
    return [each.row.get(name) for each in rows]


def _delay(each: Standing) -> float | None:
    if each.label is None:
        return None
    return float((each.row["labelled_at"] - each.row["stored_at"]).total_seconds() / SECONDS_AN_HOUR)


def _column(column: Column, rows: Sequence[Standing], told: Mapping[Role, Sequence[Any] | Floats]) -> Any:
    if column.role == "feature":
        return [each.row.get("features", {}).get(column.name) for each in rows]
    return told[column.role]
