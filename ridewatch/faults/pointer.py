"""The champion pointer, set back to an older and worse model."""

import time
from collections.abc import Callable, Iterable, Iterator

from adapters.models import ModelStore, card_key
from adapters.objects import Objects
from adapters.parameters import Parameters
from contracts.model import ModelCard
from ridewatch.embedded.state import Stack
from ridewatch.sources.errors import SourceError

FOLLOWED_SECONDS, PAUSE_SECONDS = 90.0, 1.0
"""A warm function looks at the pointer once a minute."""


class NoWorseModel(SourceError):
    """No older version is worse than the champion: train one on less, then the good one again."""


class NotFollowed(SourceError):
    """The functions still answer by another model: see `/health`."""


def set_back(stack: Stack, answering: Callable[[], str | None]) -> str:
    """Point at the worst of the older versions and wait until it answers. Raises NoWorseModel, NotFollowed."""
    pointer, objects = Parameters(stack.client("ssm")), Objects(stack.client("s3"), stack.bucket)
    champion = ModelStore(objects).card(pointer.read(stack.champion_parameter))
    worse = _worst(_cards(objects), champion)
    pointer.write(stack.champion_parameter, worse)
    _await(worse, answering)
    return worse


def _cards(objects: Objects) -> Iterator[ModelCard]:
    store = ModelStore(objects)
    versions = {key.split("/")[1] for key in objects.list("models/")}
    return (store.card(version) for version in sorted(versions) if any(objects.list(card_key(version))))


def _worst(cards: Iterable[ModelCard], champion: ModelCard) -> str:
    older = [card for card in cards if card.created_at < champion.created_at and _mae(card) > _mae(champion)]
    if not older:
        message = (
            f"no version older than {champion.version} is worse: train on little first "
            "(`ridewatch train --data simulated --limit 1000`), then on all, then plant this fault"
        )
        raise NoWorseModel(message)
    return max(older, key=_mae).version


def _mae(card: ModelCard) -> float:
    return card.errors["model"].mae


def _await(version: str, answering: Callable[[], str | None]) -> None:
    deadline = time.monotonic() + FOLLOWED_SECONDS
    while (found := answering()) != version:
        if time.monotonic() > deadline:
            message = f"{found} still answers {FOLLOWED_SECONDS:.0f} s after the pointer was set back to {version}"
            raise NotFollowed(message)
        time.sleep(PAUSE_SECONDS)
