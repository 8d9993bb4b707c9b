"""The collections that `record` writes, and the clock that stamps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Self

from adapters.mongodb.actuals import Actuals
from adapters.mongodb.connection import connect, server_time
from adapters.mongodb.hours import Hours
from adapters.mongodb.indexes import ensure_indexes
from adapters.mongodb.predictions import Predictions
from adapters.mongodb.rejections import Rejections
from adapters.mongodb.reviews import Reviews


@dataclass(frozen=True)
class Stores:
    """What `record` needs of MongoDB."""

    predictions: Predictions
    actuals: Actuals
    rejections: Rejections
    hours: Hours
    reviews: Reviews
    clock: Callable[[], datetime]
    """The database's own: one clock for the stamps of every writer."""

    @classmethod
    def at(cls, uri: str, retention: timedelta) -> Self:
        """Connect, and see that every index is there. Raises StoreUnavailable."""
        database = connect(uri)
        ensure_indexes(database, retention)
        return cls(
            predictions=Predictions(database),
            actuals=Actuals(database),
            rejections=Rejections(database),
            hours=Hours(database),
            reviews=Reviews(database),
            clock=partial(server_time, database),
        )
