"""Recording: S3 first, then MongoDB, where predictions and actuals find each other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self

from adapters.event_archive import EventArchive
from contracts.events import Actual, Event, Prediction, Rejection
from contracts.joining import HourMark, PredictedRide, ToldActual
from record.joining import corrections, join
from record.stores import Stores

AT_ONCE = 500
"""Events in one bulk write. Fifty full messages hold 20,000: too many for the driver to wait for one answer."""


@dataclass(frozen=True)
class Batch:
    """Some events, by kind."""

    predictions: tuple[Prediction, ...]
    actuals: tuple[Actual, ...]
    rejections: tuple[Rejection, ...]

    @classmethod
    def of(cls, events: Iterable[Event]) -> Self:
        """Sort events by kind."""
        some = tuple(events)
        return cls(
            tuple(event for event in some if isinstance(event, Prediction)),
            tuple(event for event in some if isinstance(event, Actual)),
            tuple(event for event in some if isinstance(event, Rejection)),
        )

    @property
    def rides(self) -> set[str]:
        """The rides that the batch tells something of."""
        return {prediction.ride.ride_id for prediction in self.predictions} | {a.ride_id for a in self.actuals}


class Meeting(NamedTuple):
    """What came of bringing predictions and actuals together."""

    predictions: list[PredictedRide]
    """Those of whose rides an actual is known."""
    labelled: int


def record(events: Iterable[Event], archive: EventArchive, stores: Callable[[], Stores]) -> int:
    """Store events in S3, then in MongoDB; count the labels. Raises StoreUnavailable: then all must come again."""
    some = tuple(events)
    archive.add(some)
    return sum(store(Batch.of(some[start : start + AT_ONCE]), stores()) for start in range(0, len(some), AT_ONCE))


def store(batch: Batch, stores: Stores) -> int:
    """Write to MongoDB, the same in effect however often and in whatever company an event comes; count the labels."""
    stored_at = stores.clock()
    stores.predictions.add(batch.predictions, stored_at)
    stores.reviews.add(batch.predictions, stored_at)
    stores.actuals.add(batch.actuals, stored_at)
    stores.rejections.add(batch.rejections, stored_at)
    meeting = bring_together(batch.rides, stores)
    stores.hours.touch(_marks(batch, meeting), stores.clock())
    return meeting.labelled


def bring_together(rides: set[str], stores: Stores) -> Meeting:
    """Label the predictions of these rides.

    Whoever stores a prediction or an actual does so before reading the other, so of two batches at once at least
    one sees both. Ranks only rise, so looking again after losing a race comes to an end.
    """
    labelled = 0
    while True:
        told = stores.actuals.of_rides(rides)
        predictions = stores.predictions.of_rides(actual.ride_id for actual in told)
        joined = join(predictions, told)
        stores.actuals.mark(joined.problems)
        _mark_corrections(told, stores)
        won = stores.predictions.label(joined.labels, stores.clock()) if joined.labels else 0
        labelled += won
        if won == len(joined.labels):
            return Meeting(predictions, labelled)


def _mark_corrections(told: Iterable[ToldActual], stores: Stores) -> None:
    corrected = corrections(told)
    if corrected:
        stores.actuals.mark_corrections(corrected, stores.clock())


def _marks(batch: Batch, meeting: Meeting) -> set[HourMark]:
    stored = {_mark(prediction.model_version, prediction.ride.pickup_time) for prediction in batch.predictions}
    return stored | {_mark(prediction.model_version, prediction.pickup_time) for prediction in meeting.predictions}


def _mark(model_version: str, event_time: datetime) -> HourMark:
    return HourMark(model_version, event_time.replace(minute=0, second=0, microsecond=0))
