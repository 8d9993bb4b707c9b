"""Joining: what `record` needs to know of stored predictions and actuals to bring them together."""

from datetime import datetime
from typing import NamedTuple

Problem = str
"""Why an actual is not a duration: `dropoff_before_pickup` or `too_long`."""


class Rank(NamedTuple):
    """Which of two actuals of a ride holds: the one told later; of two in one millisecond, the greater id."""

    received_at: datetime
    actual_id: str


class PredictedRide(NamedTuple):
    """A stored prediction, as far as joining needs it."""

    prediction_id: str
    ride_id: str
    model_version: str
    pickup_time: datetime
    joined: Rank | None
    """The rank of the actual that it carries, if any."""


class ToldActual(NamedTuple):
    """A stored actual, as far as joining needs it."""

    actual_id: str
    ride_id: str
    duration_minutes: float | None
    dropoff_time: datetime | None
    received_at: datetime
    stored_at: datetime

    @property
    def rank(self) -> Rank:
        """Order the actuals of one ride."""
        return Rank(self.received_at, self.actual_id)


class Label(NamedTuple):
    """The actual that a prediction shall carry from now on."""

    prediction_id: str
    minutes: float
    actual: ToldActual
    replaces: Rank | None
    """What the prediction carried when it was read; None for the first label."""


class HourMark(NamedTuple):
    """An hour of event time of one model version in which something changed."""

    model_version: str
    hour: datetime
