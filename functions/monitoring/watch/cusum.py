"""When a change began: Page's cumulative sum."""

from typing import Generic, NamedTuple, TypeVar

Moment = TypeVar("Moment")


class Cusum(NamedTuple, Generic[Moment]):
    """How far values have run above what is allowed, and since when."""

    height: float = 0.0
    since: Moment | None = None
    """Where it last left zero: the likeliest beginning of a rise that still goes on (Page 1954)."""


def climbed(cusum: Cusum[Moment], value: float, allowed: float, moment: Moment) -> Cusum[Moment]:
    """Add what a value has above the allowed, never falling below zero: S ← max(0, S + value − allowed)."""
    height = max(0.0, cusum.height + value - allowed)
    if not height:
        return Cusum()
    return Cusum(height, moment if cusum.since is None else cusum.since)
