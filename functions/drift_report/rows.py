"""Documents of a window as columns of a spec, as they stood at a moment of the server's clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from contracts.hourly import Told
from contracts.profile import Column, ProfileSpec, Role
from monitoring.numeric.values import Values
from monitoring.profiles.outcomes import Said, outcomes_of
from rides.chosen import is_explained
from rides.columns import ATTRIBUTION
from rides.guard import Guard

Row = Mapping[str, Any]
Columns = dict[str, Any]
SECONDS_AN_HOUR = 3_600
LABELS = ("first_actual", "labelled_at", "relabels")
MOMENTS = ("event_time", "stored_at", "predicted_at")
SERVED = ("minutes", "naive_minutes", "estimated_error", "interval", "explanation", "ride", "served_by", "flags")


class Standing(NamedTuple):
    """A prediction with the label that it carried at a moment."""

    row: Row
    label: Told | None


def fields_of(spec: ProfileSpec) -> list[str]:
    """Name the fields of a prediction that a report needs."""
    features = [f"features.{column.name}" for column in spec.columns if column.role == "feature"]
    return [*features, *SERVED, *MOMENTS, *LABELS]


def standing(rows: Sequence[Row], moment: datetime) -> list[Standing]:
    """Give the rows that were stored before a moment, each with its label of then."""
    return [Standing(row, _label(row, moment)) for row in rows if row["stored_at"] < moment]


def columns_of(
    spec: ProfileSpec, rows: Sequence[Standing], judged: tuple[float, float], guard: Guard | None = None
) -> Columns:
    """Give the columns of some rows; errors only of rows whose actual is of the durations that are judged.

    What is relative is told by the guard: it knows what is usual of rows alike.
    """
    said = Said(*(_values(rows, name) for name in ("minutes", "actual", "naive_minutes", "estimated_error")))
    told: dict[Role, Values] = {
        "prediction": said.prediction,
        "actual": said.actual,
        "delay": [_delay(each) for each in rows],
        "covered": [_covered(each, judged) for each in rows],
        "relative": [guard.relative_distance(each.row["features"]) for each in rows] if guard else [None] * len(rows),
        **outcomes_of(said, judged),
    }
    explained = [_attributions(each.row) for each in rows]
    return {column.name: _column(column, rows, told, explained) for column in spec.columns}


def _label(row: Row, moment: datetime) -> Told | None:
    if "labelled_at" not in row:
        return None
    labels = [Told(row["first_actual"], row["labelled_at"]), *(Told(**again) for again in row.get("relabels", ()))]
    return next((label for label in reversed(labels) if label.at < moment), None)


def _values(rows: Sequence[Standing], name: str) -> list[Any]:
    if name == "actual":
        return [each.label.minutes if each.label else None for each in rows]
    return [each.row.get(name) for each in rows]


def _covered(each: Standing, judged: tuple[float, float]) -> float | None:
    interval = each.row.get("interval")
    if each.label is None or interval is None or not judged[0] <= each.label.minutes <= judged[1]:
        return None
    return float(interval[0] <= each.label.minutes <= interval[1])


def _attributions(row: Row) -> Mapping[str, float]:
    """Give the attributions by group; none where the explanation was asked for: that is no fair sample."""
    explanation = row.get("explanation")
    if explanation is None or not is_explained(row["_id"]):
        return {}
    found: Mapping[str, float] = explanation["attributions"]
    return found


def _delay(each: Standing) -> float | None:
    if each.label is None:
        return None
    return float((each.row["labelled_at"] - each.row["stored_at"]).total_seconds() / SECONDS_AN_HOUR)


def _column(
    column: Column, rows: Sequence[Standing], told: Mapping[Role, Values], explained: Sequence[Mapping[str, float]]
) -> Any:
    if column.role == "attribution":
        group = column.name.removeprefix(ATTRIBUTION)
        return [abs(found[group]) if group in found else None for found in explained]
    if column.role == "feature":
        return [each.row.get("features", {}).get(column.name) for each in rows]
    return told[column.role]
