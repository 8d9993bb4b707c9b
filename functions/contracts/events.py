"""Events: what travels from the API through the queue into the stores."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from contracts.base import SCHEMA_VERSION, Contract, Identifier, ModelVersion, UtcTime

Integer = Annotated[int, Field(ge=-(2**63), lt=2**63)]
"""What every store can hold."""
FeatureName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,64}$")]
"""Safe as a field of a document: no dot, no dollar, no null byte."""
FeatureValue = float | Integer | str | None
ServedBy = Literal["champion", "fallback"]


class KnownRide(Contract):
    """A ride whose id and pickup time are settled."""

    ride_id: Identifier
    pickup_zone: Integer
    dropoff_zone: Integer
    distance: float
    pickup_time: UtcTime
    passengers: Integer | None = None
    vendor: Integer | None = None
    payment_type: Integer | None = None


class Explanation(Contract):
    """Why an answer is what it is: the base and the attributions add up to it, within 1e-4 minutes."""

    base_minutes: float
    """The mean answer to the rides of the model's background."""
    attributions: dict[FeatureName, float]
    """Minutes that each group of features adds: its Shapley value."""


class Prediction(Contract):
    """One answer to one question about one ride."""

    kind: Literal["prediction"] = "prediction"
    schema_version: Literal[1] = SCHEMA_VERSION
    prediction_id: Identifier
    ride: KnownRide
    features: dict[FeatureName, FeatureValue]
    minutes: float
    model_version: ModelVersion
    served_by: ServedBy = "champion"
    naive_minutes: float | None = None
    """What the fallback says of the same ride, whoever answered; None in events from before it was told."""
    estimated_error: Annotated[float, Field(ge=0)] | None = None
    """The absolute error that is expected of this answer, in minutes; None of the fallback's, as the interval is."""
    interval: tuple[float, float] | None = None
    """The card's share of such rides takes between these minutes."""
    explanation: Explanation | None = None
    """Of answers of which it was asked, and of one in fifty others; None of the fallback's."""
    flags: tuple[str, ...] = ()
    predicted_at: UtcTime
    latency_ms: Annotated[float, Field(ge=0)]
    """Milliseconds of this request inside the handler up to the answer, shared by the rides of one request."""
    cold_start: bool = False


class Actual(Contract):
    """The true duration of a ride, told later: by minutes or by the drop-off time."""

    kind: Literal["actual"] = "actual"
    schema_version: Literal[1] = SCHEMA_VERSION
    actual_id: Identifier
    ride_id: Identifier
    duration_minutes: Annotated[float, Field(ge=0, le=1500)] | None = None
    dropoff_time: UtcTime | None = None
    received_at: UtcTime

    @model_validator(mode="after")
    def _tells_one_duration(self) -> Self:
        if (self.duration_minutes is None) == (self.dropoff_time is None):
            message = "tell either duration_minutes or dropoff_time"
            raise ValueError(message)
        return self


class FieldProblem(Contract):
    """What is wrong with one field of a request."""

    field: str
    reason: str
    """A short stable code: pydantic's error type, for example `less_than_equal`."""
    message: str = ""


class Rejection(Contract):
    """A request, or one ride of it, that was not valid. It holds no payload."""

    kind: Literal["rejection"] = "rejection"
    schema_version: Literal[1] = SCHEMA_VERSION
    rejection_id: Identifier
    route: str
    problems: tuple[FieldProblem, ...]
    received_at: UtcTime


Event = Annotated[Prediction | Actual | Rejection, Field(discriminator="kind")]


class EventBatch(Contract):
    """The body of one queue message."""

    schema_version: Literal[1] = SCHEMA_VERSION
    events: tuple[Event, ...]
