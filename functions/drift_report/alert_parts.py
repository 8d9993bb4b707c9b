"""What alerts need: their stores, and what carries them."""

from dataclasses import dataclass
from typing import Self

from pymongo.database import Database

from adapters.alert_topic import AlertTopic
from adapters.aws import client
from adapters.event_bus import EventBus
from adapters.mongodb.acceptances import Acceptances
from adapters.mongodb.alerts import Alerts
from adapters.mongodb.connection import Document
from adapters.mongodb.report_series import ReportSeries
from adapters.mongodb.silences import Silences
from drift_report.settings import Settings


@dataclass(frozen=True)
class AlertParts:
    """The stores and the channels."""

    series: ReportSeries
    alerts: Alerts
    silences: Silences
    acceptances: Acceptances
    topic: AlertTopic
    bus: EventBus

    @classmethod
    def of(cls, database: Database[Document], settings: Settings) -> Self:
        """Make them of this database and these settings."""
        return cls(
            series=ReportSeries(database),
            alerts=Alerts(database),
            silences=Silences(database),
            acceptances=Acceptances(database),
            topic=AlertTopic(client("sns"), settings.alert_topic),
            bus=EventBus(client("events"), settings.event_bus),
        )
