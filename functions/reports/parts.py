"""What the process works with: made once, on first use; a test hands in others."""

from dataclasses import dataclass
from functools import cache
from typing import Self

from pymongo.database import Database

from adapters.aws import client
from adapters.mongodb.acceptances import Acceptances
from adapters.mongodb.alerts import Alerts
from adapters.mongodb.connection import Document, connect
from adapters.mongodb.reports import Reports
from adapters.mongodb.reviews import Reviews
from adapters.mongodb.silences import Silences
from adapters.objects import Objects
from adapters.secrets import Secrets
from reports.access import Keys
from reports.settings import read_settings


@dataclass(frozen=True)
class AlertStores:
    """Alerts, and what a person said to them."""

    alerts: Alerts
    silences: Silences
    acceptances: Acceptances

    @classmethod
    def of(cls, database: Database[Document]) -> Self:
        """Give those of a database."""
        return cls(Alerts(database), Silences(database), Acceptances(database))


@dataclass(frozen=True)
class Parts:
    """The stores of a process and the keys that open it."""

    reports: Reports
    alerting: AlertStores
    reviews: Reviews
    objects: Objects
    keys: Keys


@cache
def here() -> Parts:
    """Give this process's parts. Raises SettingMissing, SecretMissing, StoreUnavailable; then asks anew next time."""
    settings = read_settings()
    secrets = Secrets(client("secretsmanager"))
    keys = Keys(api=secrets.read(settings.api_key_secret), signing=secrets.read(settings.signing_secret))
    database = connect(secrets.read(settings.mongodb_secret))
    return Parts(
        reports=Reports(database),
        alerting=AlertStores.of(database),
        reviews=Reviews(database),
        objects=Objects(client("s3"), settings.bucket),
        keys=keys,
    )
