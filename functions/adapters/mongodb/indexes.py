"""Every index of every collection, and the retention, in one place."""

from datetime import timedelta
from typing import NamedTuple

from pymongo.database import Database

from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from adapters.mongodb.report_days import ReportDays


class Index(NamedTuple):
    """One index: its collection, its name and its fields, in ascending order."""

    collection: str
    name: str
    fields: tuple[str, ...]
    sparse: bool = False


INDEXES = (
    Index("predictions", "ride", ("ride.ride_id",)),
    Index("predictions", "window", ("model_version", "event_time")),
    Index("predictions", "labelled", ("labelled_at",), sparse=True),
    Index("predictions", "relabelled", ("relabels.at",), sparse=True),
    Index("actuals", "ride", ("ride_id",)),
    Index("actuals", "corrections", ("correction_at",), sparse=True),
    Index("hours", "window", ("model_version", "hour")),
    Index("hours", "changed", ("changed_at",)),
    Index("profiles", "window", ("model_version", "hour")),
    Index("profiles", "volume", ("hour",)),
    Index("alerts", "state", ("state", "at")),
    Index("alerts", "rule", ("rule", "at")),
    Index("alerts", "unsent", ("pending.delivery_id",), sparse=True),
    Index("reviews", "state", ("state", "_id")),
    Index("silences", "until", ("until",)),
    Index("acceptances", "holding", ("undone_at", "model_version")),
    Index("reports", "window", ("window.end", "window.start")),
    Index("reports", "alike", ("model_version", "window.kind", "window.end")),
    Index("reports", "reported", ("as_of", "_id")),
    Index("reports", "generated", ("generated_at",)),
)

RETENTION = "retention"
RETAINED = ("predictions", "actuals", "rejections", "reviews")
"""Their documents are deleted some days after `stored_at`; the same index serves whoever reads by arrival."""


def ensure_indexes(database: Database[Document], retention: timedelta) -> None:
    """Create what is missing, the days of reports too, and bring the retention up to date. Raises StoreUnavailable."""
    with reaching_mongodb():
        for index in INDEXES:
            keys = [(field, 1) for field in index.fields]
            database[index.collection].create_index(keys, name=index.name, sparse=index.sparse)
        for collection in RETAINED:
            _retain(database, collection, int(retention.total_seconds()))
    ReportDays(database).fill()


def _retain(database: Database[Document], collection: str, seconds: int) -> None:
    today = database[collection].index_information().get(RETENTION)
    if today is None:
        database[collection].create_index("stored_at", name=RETENTION, expireAfterSeconds=seconds)
    elif today["expireAfterSeconds"] != seconds:
        database.command("collMod", collection, index={"name": RETENTION, "expireAfterSeconds": seconds})
