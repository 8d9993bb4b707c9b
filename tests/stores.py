"""The stores of one database, fake or real, with the same names: what tests are handed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.mongodb.acceptances import Acceptances
from adapters.mongodb.actuals import Actuals
from adapters.mongodb.alerts import Alerts
from adapters.mongodb.connection import server_time
from adapters.mongodb.hours import Hours
from adapters.mongodb.indexes import ensure_indexes
from adapters.mongodb.predictions import Predictions
from adapters.mongodb.profiles import Profiles
from adapters.mongodb.rejections import Rejections
from adapters.mongodb.report_series import ReportSeries
from adapters.mongodb.reports import Reports
from adapters.mongodb.reviews import Reviews
from adapters.mongodb.silences import Silences
from adapters.mongodb.watches import Watches
from ridewatch.memory.actuals import MemoryActuals
from ridewatch.memory.alerts import MemoryAcceptances, MemoryAlerts, MemorySilences
from ridewatch.memory.hours import MemoryHours
from ridewatch.memory.predictions import MemoryPredictions
from ridewatch.memory.profiles import MemoryProfiles
from ridewatch.memory.rejections import MemoryRejections
from ridewatch.memory.reports import MemoryReports, MemoryReportSeries
from ridewatch.memory.reviews import MemoryReviews
from ridewatch.memory.watches import MemoryWatches
from tests.fakes.mongodb import FakeMongo


@dataclass
class AllStores:
    """Every collection's adapter, and a look at the documents themselves."""

    predictions: Any
    actuals: Any
    rejections: Any
    hours: Any
    profiles: Any
    reports: Any
    watches: Any
    reviews: Any
    series: Any
    alerts: Any
    silences: Any
    acceptances: Any
    clock: Callable[[], datetime]
    documents: Callable[[str], dict[str, dict[str, Any]]]
    """The documents of a collection, by `_id`."""


def fake_stores(database: FakeMongo) -> AllStores:
    """Give the stores in memory."""
    return AllStores(
        MemoryPredictions(database),
        MemoryActuals(database),
        MemoryRejections(database),
        MemoryHours(database),
        MemoryProfiles(database),
        MemoryReports(database),
        MemoryWatches(database),
        MemoryReviews(database),
        MemoryReportSeries(database),
        MemoryAlerts(database),
        MemorySilences(database),
        MemoryAcceptances(database),
        database.clock,
        lambda name: dict(database[name]),
    )


def real_stores(database) -> AllStores:
    """Give the stores of a MongoDB database, indexed."""
    ensure_indexes(database, timedelta(days=90))
    return AllStores(
        Predictions(database),
        Actuals(database),
        Rejections(database),
        Hours(database),
        Profiles(database),
        Reports(database),
        Watches(database),
        Reviews(database),
        ReportSeries(database),
        Alerts(database),
        Silences(database),
        Acceptances(database),
        lambda: server_time(database),
        lambda name: {document["_id"]: document for document in database[name].find()},
    )
