"""A store of stamped things in memory, whose clock, failures and late writers a test decides."""

from collections import Counter
from datetime import datetime
from types import SimpleNamespace
from typing import NamedTuple

from adapters.errors import StoreUnavailable
from contracts.totals import Tally, Totals


class Thing(NamedTuple):
    """Something to count: its stamp, and since when it can be seen."""

    stream: str
    stamp: datetime
    visible_at: datetime


class FakeTotals:
    """`TotalsStore` over things in memory."""

    streams = (SimpleNamespace(name="predictions"), SimpleNamespace(name="labels"))

    def __init__(self, now: datetime, things=()) -> None:
        self.now = now
        self.things = list(things)
        self.kept: Totals | None = None
        self.tallied = Counter()
        self.fails_after: int | None = None
        self.bears = 1_000_000

    def clock(self):
        """As the real one."""
        self._asked()
        return self.now

    def size(self, stream, span):
        """As the real one."""
        self._asked()
        return len(self._found(stream, span))

    def tally(self, stream, span):
        """As the real one; `tallied` tells how often each thing was aggregated."""
        self._asked()
        found = self._found(stream, span)
        if len(found) > self.bears:
            message = "timed out"
            raise StoreUnavailable(message)
        self.tallied.update(found)
        newest = {stream.name: max(thing.stamp for thing in found)} if found else {}
        return Tally({(stream.name,): len(found)} if found else {}, newest)

    def earliest(self):
        """As the real one."""
        self._asked()
        return min((thing.stamp for thing in self.things if thing.visible_at <= self.now), default=None)

    def load(self):
        """As the real one."""
        self._asked()
        return self.kept

    def keep(self, totals):
        """As the real one; a failure may come after the write."""
        if self.fails_after is None or self.fails_after > 0:
            self.kept = totals if self.kept is None else max(self.kept, totals, key=lambda kept: kept.position)
        self._asked()

    def _found(self, stream, span):
        return [
            thing
            for thing in self.things
            if thing.stream == stream.name
            and thing.visible_at <= self.now
            and span.start <= thing.stamp
            and (span.end is None or thing.stamp < span.end)
        ]

    def _asked(self):
        if self.fails_after is not None:
            self.fails_after -= 1
            if self.fails_after < 0:
                message = "away"
                raise StoreUnavailable(message)
