"""The collaborators of this process, made once, on first use."""

from dataclasses import dataclass
from functools import cache, partial

from adapters.aws import client
from adapters.models import ModelStore
from adapters.objects import Objects
from adapters.parameters import Parameters
from adapters.queue import EventQueue
from contracts.model import ArtifactName, ModelCard
from predict.champion import Champion, MayLoad, OutOfTime
from predict.settings import read_settings
from predict.telling import tell_champion
from rides.answerer import BESIDE, Answerer, answerer_of

SECONDS, ATTEMPTS = 2.0, 2
"""How long the queue, SSM and S3 are waited for, and how often they are asked: a caller waits along."""


@dataclass(frozen=True)
class Parts:
    """Whom the handler works with."""

    champion: Champion
    queue: EventQueue


@cache
def here() -> Parts:
    """Make the parts from the settings. Raises SettingMissing."""
    settings = read_settings()
    made = partial(client, timeout=SECONDS, attempts=ATTEMPTS)
    parameters = Parameters(made("ssm"))
    objects = Objects(made("s3"), settings.bucket)
    return Parts(
        champion=Champion(
            pointer=partial(parameters.read, settings.champion_parameter),
            load=partial(load, ModelStore(objects)),
            tell=tell_champion,
        ),
        queue=EventQueue(made("sqs"), settings.queue_url, spill=objects),
    )


def load(store: ModelStore, version: str, may_load: MayLoad) -> tuple[ModelCard, Answerer]:
    """Load what a model version answers with.

    Raises StoreUnavailable, ObjectMissing, ObjectCorrupt, ModelUnusable, OutOfTime.
    """
    card = store.card(version)
    bodies: dict[ArtifactName, bytes] = {}
    for name in ("model", *(name for name in BESIDE if name in card.artifacts)):
        if not may_load():
            message = f"there was no time left to read its {name}"
            raise OutOfTime(message)
        bodies[name] = store.artifact(card, name)
    return card, answerer_of(card, bodies)
