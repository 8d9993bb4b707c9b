"""The model versions that answer in a backtest: trained once, handed to every pass."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from contracts.model import ArtifactName, ModelCard
from ridewatch.sources.table import RideTable
from ridewatch.training.train import Trained, train

OLDER_ROWS = 1_000
"""The older model learnt from so many rides: it is worse."""
DAY = timedelta(days=1)


class Version(NamedTuple):
    """A version as it is published."""

    card: ModelCard
    artifacts: Mapping[ArtifactName, bytes]


class Versions(NamedTuple):
    """The champion, and an older and worse model that was in charge before, where a fault needs one."""

    champion: Version
    older: Version | None


def trained(
    rides: RideTable, sources: tuple[str, ...], start: datetime, seed: int, *, with_older: bool = True
) -> Versions:
    """Train as of the days before the first ride is asked. Raises TrainingError."""
    champion = train(rides, sources, start - DAY, seed=seed)
    few = rides.sample(OLDER_ROWS, seed=seed)
    older = train(few, sources, start - 2 * DAY, seed=seed) if with_older else None
    return Versions(_version(champion), _version(older) if older else None)


def _version(trained: Trained) -> Version:
    return Version(trained.card, trained.artifacts)
