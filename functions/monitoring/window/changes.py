"""What changed since the window before: at most three sentences."""

from collections.abc import Sequence
from typing import NamedTuple

from contracts.findings import ColumnReport, Estimate, Performance
from monitoring.window.sentences import listed, ranked

TIMES = 1.5
"""From so many times more, or less, on a change of volume is worth a sentence."""


class Told(NamedTuple):
    """What a report said of its window."""

    columns: Sequence[ColumnReport]
    performance: Performance
    predictions: int


def changes_of(now: Told, before: Told) -> tuple[str, ...]:
    """Say what moved or came back, whether errors changed beyond their intervals, and how the volume changed."""
    found = (_drift(now.columns, before.columns), _errors(now.performance, before.performance), _volume(now, before))
    return tuple(sentence for sentence in found if sentence) or ("Nothing of note changed since the window before.",)


def _drift(now: Sequence[ColumnReport], before: Sequence[ColumnReport]) -> str:
    states = {column.name: column.drifted for column in before}
    moved = [column.name for column in ranked(now) if column.drifted and states.get(column.name) is False]
    back = [column.name for column in now if column.drifted is False and states.get(column.name)]
    parts = [f"{listed(moved)} moved"] if moved else []
    parts += [f"{listed(back)} came back"] if back else []
    return f"{' and '.join(parts)}." if parts else ""


def _errors(now: Performance, before: Performance) -> str:
    if now.mae is None or before.mae is None or not _apart(now.mae, before.mae):
        return ""
    grew = "grew" if now.mae.value > before.mae.value else "fell"
    return f"The mean error {grew} from {before.mae.value:.1f} to {now.mae.value:.1f} minutes, by more than chance."


def _apart(one: Estimate, other: Estimate) -> bool:
    ends = (one.low, one.high, other.low, other.high)
    if None in ends:
        return False
    return (one.low or 0.0) > (other.high or 0.0) or (other.low or 0.0) > (one.high or 0.0)


def _volume(now: Told, before: Told) -> str:
    if not before.predictions or not now.predictions:
        return ""
    times = now.predictions / before.predictions
    if 1 / TIMES < times < TIMES:
        return ""
    return f"Predictions went from {before.predictions} to {now.predictions}."
