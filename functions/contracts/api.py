"""The HTTP API: requests, answers, errors."""

from typing import Any, Self

from pydantic import AliasChoices, Field, model_validator

from contracts.base import Contract, Identifier, ModelVersion, UtcTime
from contracts.events import FieldProblem, ServedBy
from contracts.ride import RideTime

MAX_RIDES = 500
MAX_BODY_BYTES = 256 * 1024


class RideAnswer(Contract):
    """The prediction of one ride."""

    ride_id: Identifier
    prediction_id: Identifier
    duration_minutes: float
    model_version: ModelVersion
    served_by: ServedBy
    flags: tuple[str, ...]


class ActualReport(Contract):
    """The true duration of one ride as a caller tells it."""

    ride_id: Identifier
    duration_minutes: float | None = Field(default=None, ge=0, le=1500)
    dropoff_datetime: RideTime | None = Field(
        default=None,
        validation_alias=AliasChoices("dropoff_datetime", "tpep_dropoff_datetime", "lpep_dropoff_datetime"),
    )

    @model_validator(mode="after")
    def _tells_one_duration(self) -> Self:
        if (self.duration_minutes is None) == (self.dropoff_datetime is None):
            message = "give either duration_minutes or dropoff_datetime"
            raise ValueError(message)
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


class PredictManyAnswer(Contract):
    """One answer or one error for each ride asked, in order."""

    predictions: tuple[RideAnswer | ErrorAnswer, ...]


class ActualsAnswer(Contract):
    """One receipt or one error for each actual told, in order."""

    actuals: tuple[ActualAnswer | ErrorAnswer, ...]


class Health(Contract):
    """Whether the service can answer, and by which model."""

    status: str
    """`ok`, or `degraded` with the reasons in `problems`."""
    model_version: ModelVersion | None
    loaded_at: UtcTime | None = None
    problems: tuple[str, ...] = ()
    details: dict[str, Any] = Field(default_factory=dict)
