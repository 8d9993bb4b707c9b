"""Rivals: other versions that answered in the weeks before. What is tolerated of the best is tolerated of every one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from adapters.errors import ObjectCorrupt, ObjectMissing
from contracts.hourly import HourVolume
from contracts.model import NO_MODEL, Errors, ModelCard
from contracts.versions import BetterVersion
from contracts.window import Window
from drift_report.baseline import Baseline
from drift_report.gathered import Gatherer
from drift_report.parts import Parts
from drift_report.windows import HOUR
from monitoring.watch.losses import Tolerated, stricter, tolerated

MOST = 4
"""Rivals that are looked at, those that answered last: a report costs the same after many versions."""
LEAST_ANSWERS = 20
"""A version that answered fewer rides before the window was not in charge: some rides have wrong dates."""


class Rival(NamedTuple):
    """Another version, and the hours in which it answered."""

    card: ModelCard
    hours: tuple[HourVolume, ...]

    @property
    def errors(self) -> Errors:
        """How wrong it was out of sample."""
        return self.card.errors["model"]


def rivals_of(gatherer: Gatherer, window: Window) -> tuple[Rival, ...]:
    """Give the versions that answered in a window or the eight weeks before it. Raises StoreUnavailable."""
    hours: dict[str, list[HourVolume]] = defaultdict(list)
    for each in gatherer.volumes(window):
        if each.mark.model_version not in {gatherer.baseline.version, NO_MODEL}:
            hours[each.mark.model_version].append(each)
    last = sorted(hours, key=lambda version: max(each.mark.hour for each in hours[version]), reverse=True)
    cards = {version: card for version in last[:MOST] if (card := _card(gatherer.parts, version))}
    return tuple(Rival(card, tuple(hours[version])) for version, card in cards.items() if "model" in card.errors)


def tolerated_beside(baseline: Baseline, others: Iterable[Errors]) -> Tolerated:
    """Say how wrong answers of a version may be: no more than those of the best one, given how wrong others were."""
    best, own = min(others, key=attrgetter("mae"), default=None), baseline.tolerated
    return stricter(own, tolerated(best.mae, best.bias)) if best else own


def better_of(own: ModelCard, rivals: Sequence[Rival], window: Window, stored: datetime | None) -> BetterVersion | None:
    """Give the best of the versions that were made later, are better by their cards, and had answered before.

    Before is so both by the rides' clock and by the server's: `stored` is when the last answer of the window was.
    """
    errors = own.errors.get("model")
    if errors is None or stored is None:
        return None
    later = [rival for rival in rivals if rival.card.created_at > own.created_at and rival.errors.mae < errors.mae]
    found = [rival for rival in later if _answered(rival, window, stored)]
    best = min(found, key=attrgetter("errors.mae"), default=None)
    return _laid_out(best, errors, window) if best else None


def _answered(rival: Rival, window: Window, stored: datetime) -> bool:
    """Tell whether it was in charge: a pointer that is moved within an hour is followed a minute later."""
    hours = [each for each in _before(rival, window) if each.newest_stored and each.newest_stored < stored]
    return sum(each.rows for each in hours) >= LEAST_ANSWERS


def _before(rival: Rival, window: Window) -> list[HourVolume]:
    return [each for each in rival.hours if each.mark.hour < window.start - HOUR]


def _laid_out(best: Rival, own: Errors, window: Window) -> BetterVersion:
    return BetterVersion(
        version=best.card.version,
        created_at=best.card.created_at,
        answered_until=max(each.mark.hour for each in _before(best, window)) + HOUR,
        mae=best.errors.mae,
        own_mae=own.mae,
    )


def _card(parts: Parts, version: str) -> ModelCard | None:
    """Give the card of a version; one whose card is gone says nothing."""
    with suppress(ObjectMissing, ObjectCorrupt):
        return parts.cards(version)
    return None
