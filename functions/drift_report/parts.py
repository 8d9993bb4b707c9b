"""What the process works with: made once, on first use; a test hands in others."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property, lru_cache, partial

from adapters.aws import client
from adapters.models import ModelStore
from adapters.mongodb.connection import connect, server_time
from adapters.mongodb.hours import Hours
from adapters.mongodb.predictions import Predictions
from adapters.mongodb.profiles import Profiles
from adapters.mongodb.rejections import Rejections
from adapters.mongodb.reports import Reports
from adapters.mongodb.watches import Watches
from adapters.objects import Objects
from adapters.secrets import Secrets
from contracts.base import ModelVersion
from contracts.model import ModelCard
from drift_report.alert_parts import AlertParts
from drift_report.baseline import Baseline, baseline_of
from drift_report.drawing import Draw, draw
from drift_report.settings import Settings

BASELINES = 4
"""Versions whose baseline is kept (8 MB each); loading one takes 0.1 CPU seconds."""

CARDS = 16


@dataclass(frozen=True)
class Parts:
    """The stores of a process."""

    settings: Settings
    predictions: Predictions
    rejections: Rejections
    hours: Hours
    profiles: Profiles
    reports: Reports
    watches: Watches
    objects: Objects
    alerting: AlertParts
    clock: Callable[[], datetime]
    """The database's own, which stamps the changes too."""
    draw: Draw = field(default_factory=lambda: draw)
    """Draws the page of Evidently."""

    @property
    def models(self) -> ModelStore:
        """The model versions in S3."""
        return ModelStore(self.objects)

    @cached_property
    def baselines(self) -> Callable[[ModelVersion], Baseline]:
        """Loads what a version is held against, and remembers the last few: versions never change."""
        return lru_cache(maxsize=BASELINES)(partial(baseline_of, self.models))

    @cached_property
    def cards(self) -> Callable[[ModelVersion], ModelCard]:
        """Gives the card of a version, and remembers the last few."""
        return lru_cache(maxsize=CARDS)(self.models.card)


@cache
def here() -> Parts:
    """Give this process's parts. Raises SettingMissing, SecretMissing, StoreUnavailable; then asks anew next time."""
    settings = Settings.of(os.environ)
    database = connect(Secrets(client("secretsmanager")).read(settings.mongodb_secret))
    return Parts(
        settings=settings,
        predictions=Predictions(database),
        rejections=Rejections(database),
        hours=Hours(database),
        profiles=Profiles(database),
        reports=Reports(database),
        watches=Watches(database),
        objects=Objects(client("s3"), settings.bucket),
        alerting=AlertParts.of(database, settings),
        clock=partial(server_time, database),
    )
