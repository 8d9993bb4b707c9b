"""The HTTP API: requests, answers, errors."""

from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from contracts.base import Contract, Identifier, ModelVersion, UtcTime
from contracts.events import Explanation, FieldProblem, ServedBy
from contracts.ride import Minutes, Ride, RideTime, named, refuse

MAX_RIDES = 500
MAX_ACTUALS = 500
MAX_BODY_BYTES = 256 * 1024
CANARY_HEADER = "x-ridewatch-canary"
"""A request with it is answered and not told of: the exporter asks whether answers come, and must not be counted."""


class RideAnswer(Contract):
    """The prediction of one ride."""

    ride_id: Identifier
    prediction_id: Identifier
    duration_minutes: float
    model_version: ModelVersion
    served_by: ServedBy
    flags: tuple[str, ...]
    estimated_error: float | None = Field(
        default=None, description="the minutes by which this answer is expected to be wrong; null of the fallback's"
    )
    interval: tuple[float, float] | None = Field(
        default=None, description="four of five such rides take between these minutes; null of the fallback's answers"
    )
    explanation: Explanation | None = Field(
        default=None, description="what each feature adds to the answer; null unless asked for, and of the fallback's"
    )


class ActualReport(Contract):
    """The true duration of one ride as a caller tells it: by minutes or by the drop-off time, one of the two."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["duration_minutes"], "properties": {"duration_minutes": {"type": "number"}}},
                {"required": ["dropoff_datetime"], "properties": {"dropoff_datetime": {"type": "string"}}},
            ]
        }
    )

    ride_id: Identifier = Field(description="the ride_id that was asked about, or answered")
    duration_minutes: Minutes | None = Field(default=None, description="minutes from pickup to drop-off, 0 to 1500")
    dropoff_datetime: RideTime | None = named(
        "dropoff_datetime",
        "tpep_dropoff_datetime",
        "lpep_dropoff_datetime",
        meaning="an ISO 8601 time; without a zone it is New York's",
        default=None,
    )

    @model_validator(mode="after")
    def _tells_one_duration(self) -> Self:
        if (self.duration_minutes is None) == (self.dropoff_datetime is None):
            refuse("one_of", "give either duration_minutes or dropoff_datetime")
        return self


class ActualAnswer(Contract):
    """The receipt of one actual."""

    ride_id: Identifier
    actual_id: Identifier


class ErrorDetail(Contract):
    """What went wrong and what to do."""

    code: str
    message: str
    fields: tuple[FieldProblem, ...] = ()


class ErrorAnswer(Contract):
    """The shape of every error."""

    error: ErrorDetail


class PredictManyRequest(Contract):
    """Rides to predict, each judged by itself."""

    rides: tuple[Ride, ...] = Field(min_length=1, max_length=MAX_RIDES)


class ActualsRequest(Contract):
    """Actuals to store, each judged by itself."""

    actuals: tuple[ActualReport, ...] = Field(min_length=1, max_length=MAX_ACTUALS)


class PredictManyAnswer(Contract):
    """One answer or one error for each ride asked, in order."""

    predictions: tuple[RideAnswer | ErrorAnswer, ...]


class ActualsAnswer(Contract):
    """One receipt or one error for each actual told, in order."""

    actuals: tuple[ActualAnswer | ErrorAnswer, ...]


class Health(Contract):
    """Whether the service can answer, and by which model."""

    status: Literal["ok", "degraded"]
    """`degraded`: it answers, by the last good model or, without one, by the fallback; `problems` has the reasons."""
    model_version: ModelVersion | None
    """None while no model has ever been loaded."""
    loaded_at: UtcTime | None = None
    problems: tuple[str, ...] = ()
    details: dict[str, Any] = Field(default_factory=dict)
