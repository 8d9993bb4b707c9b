"""The predict process with all it touches in memory, and a model that answers ten minutes a mile."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from adapters.models import ModelStore, described
from adapters.queue import EventQueue
from contracts.events import EventBatch, FeatureValue
from contracts.model import ModelCard
from predict.call import Call
from predict.champion import Champion, MayLoad
from predict.parts import Parts
from predict.telling import tell_champion
from rides.answerer import Answerer
from rides.expert import Expert
from rides.fallback import default_fallback
from rides.model import Model, ModelUnusable
from tests.calls import Context, Reply, reply
from tests.cards import card
from tests.fakes.aws import FakeObjects, FakeParameters, FakeSqs

POINTER = "/ridewatch/champion"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def at(now: datetime, remaining_ms: int = 30_000) -> Call:
    """Give a call of 30 seconds that comes at that time, with so much of them left."""
    return Call(now, 0.0, cold_start=False, allowed_ms=30_000, remaining_ms=lambda: remaining_ms)


@dataclass
class MinutesAMile:
    """A model of one number."""

    pace: float

    def matrix(self, rows: Sequence[Mapping[str, FeatureValue]]) -> list[float]:
        """Look at the miles alone."""
        return [float(row["distance"] or 0) for row in rows]

    def minutes(self, matrix: list[float]) -> list[float]:
        """Answer so many minutes for each mile."""
        return [self.pace * miles for miles in matrix]


@dataclass
class Outside:
    """All that the process touches, within reach of a test."""

    objects: FakeObjects = field(default_factory=FakeObjects)
    parameters: FakeParameters = field(default_factory=FakeParameters)
    sqs: FakeSqs = field(default_factory=FakeSqs)

    def publish(self, version: str, pace: float = 10.0) -> None:
        """Put a model version into the bucket."""
        body = str(pace).encode()
        ModelStore(self.objects).publish(card(version, {"model": described(version, "model", body)}), {"model": body})

    def parts(self) -> Parts:
        """Make the parts that the handler works with."""
        champion = Champion(lambda: self.parameters.read(POINTER), self.load, tell_champion)
        return Parts(champion, EventQueue(self.sqs, "https://queue", self.objects))

    def load(self, version: str, _may_load: MayLoad) -> tuple[ModelCard, Answerer]:
        """Load a version as the process does, but for what a model is."""
        store = ModelStore(self.objects)
        found = store.card(version)
        return found, Answerer(Expert(cast("Model", _model(store.artifact(found, "model")))), default_fallback())

    @property
    def events(self) -> list[Any]:
        """Every event that the queue took."""
        return [event for body in self.sqs.bodies for event in EventBatch.model_validate_json(body).events]


def _model(body: bytes) -> MinutesAMile:
    try:
        return MinutesAMile(float(body))
    except ValueError as error:
        message = "this is no model"
        raise ModelUnusable(message) from error


@dataclass
class Api:
    """The handler, called as API Gateway calls it."""

    handler: Any
    outside: Outside
    capsys: Any

    def ask(self, event: dict[str, Any]) -> Reply:
        """Call it once."""
        return reply(self.handler(event, Context()))

    def log(self) -> list[dict[str, Any]]:
        """Give the lines it has written since the last look, logs and metrics alike."""
        return [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]
