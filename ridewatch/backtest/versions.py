"""The model versions that answer in a backtest: trained once, handed to every pass."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from contracts.model import ArtifactName, ModelCard
from ridewatch.sources.table import RideTable
from ridewatch.training.train import train

OLDER_ROWS = 1_000
"""The older model learnt from so many rides: it is worse."""
DAY = timedelta(days=1)


class Version(NamedTuple):
    """A version as it is published."""

    card: ModelCard
    artifacts: Mapping[ArtifactName, bytes]


class Versions(NamedTuple):
    """The champion, and an older and worse model that was in charge before."""

    champion: Version
    older: Version


def trained(rides: RideTable, sources: tuple[str, ...], start: datetime, seed: int) -> Versions:
    """Train both, as of the days before the first ride is asked. Raises TrainingError."""
    champion = train(rides, sources, start - DAY, seed=seed)
    older = train(rides.sample(OLDER_ROWS, seed=seed), sources, start - 2 * DAY, seed=seed)
    return Versions(*(Version(each.card, each.artifacts) for each in (champion, older)))
