"""Reviews: flagged predictions wait for a person, who confirms or dismisses the flags."""

from typing import Literal

from contracts.alerts import Words
from contracts.base import SCHEMA_VERSION, Contract, Identifier, ModelVersion, UtcTime
from contracts.events import KnownRide, ServedBy

Decision = Literal["confirmed", "dismissed"]
"""confirmed: it is odd indeed; dismissed: there is nothing wrong with it."""
State = Literal["waiting", "confirmed", "dismissed"]


class Review(Contract):
    """What a person says of one flagged prediction: a document of the collection `reviews`."""

    schema_version: Literal[1] = SCHEMA_VERSION
    prediction_id: Identifier
    flags: tuple[str, ...]
    state: State = "waiting"
    stored_at: UtcTime
    decided_at: UtcTime | None = None
    who: Words | None = None
    why: Words | None = None


class Reviewed(Review):
    """A review beside the prediction that it is of."""

    ride: KnownRide
    minutes: float
    model_version: ModelVersion
    served_by: ServedBy
    predicted_at: UtcTime
    actual: float | None = None
    """The true duration in minutes, once it is known."""


class ReviewList(Contract):
    """Reviews as `GET /reports/review` answers them, the latest prediction first."""

    state: State
    reviews: tuple[Reviewed, ...]
    before: Identifier | None = None
    """Ask again with this as `before` for older ones; None when these are all."""
