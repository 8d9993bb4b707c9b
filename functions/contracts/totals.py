"""Totals: what has been counted so far, by name and labels, up to a moment of the server's clock."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, Self

from contracts.base import SCHEMA_VERSION, Contract, UtcTime

Key = tuple[str, ...]
"""The name of a count, then its label values."""

LATENCY_EDGES_MS = (1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0)
ERROR_EDGES_MINUTES = (1.0, 2.0, 3.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0)


class Span(NamedTuple):
    """A span of the server's clock [start, end), open for ever where end is None."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Tally:
    """Exact counts, and the newest server time seen by kind."""

    counts: Mapping[Key, int] = field(default_factory=dict)
    newest: Mapping[str, datetime] = field(default_factory=dict)


def added(tallies: Iterable[Tally]) -> Tally:
    """Add up tallies of disjoint spans."""
    counts: Counter[Key] = Counter()
    newest: dict[str, datetime] = {}
    for tally in tallies:
        counts.update(tally.counts)
        newest.update({kind: max(moment, newest.get(kind, moment)) for kind, moment in tally.newest.items()})
    return Tally(dict(counts), newest)


class KeptCount(Contract):
    """One count, as it is kept."""

    name: str
    labels: tuple[str, ...] = ()
    value: int


class Totals(Contract):
    """Everything counted before `position`: the exporter's memory, one document of the collection `exporter`."""

    schema_version: Literal[1] = SCHEMA_VERSION
    position: UtcTime
    counts: tuple[KeptCount, ...]
    newest: dict[str, UtcTime]

    @classmethod
    def of(cls, position: datetime, tally: Tally) -> Self:
        """Put a tally up to `position` into the shape in which it is kept."""
        ordered = sorted(tally.counts.items())
        counts = tuple(KeptCount(name=key[0], labels=key[1:], value=value) for key, value in ordered)
        return cls(position=position, counts=counts, newest=dict(tally.newest))

    @property
    def tally(self) -> Tally:
        """The counts, ready to be added to."""
        return Tally({(count.name, *count.labels): count.value for count in self.counts}, self.newest)
