"""Counting: reads what the ledger asks for, settles what is old enough, keeps what is settled."""

from datetime import datetime, timedelta
from functools import partial

from adapters.errors import StoreUnavailable
from adapters.mongodb.totals import Stream, TotalsStore
from contracts.totals import Span, Tally
from metrics_exporter.ledger import Ledger, Part, Parts

MOST_STEPS = 60
"""The most that is settled at once when far behind: an hour."""


class Counting:
    """The running totals. Nothing counts before the first complete refresh: half a total looks like a restart.

    With patience a slice is read first when it has been closed for so long: of what is dear to aggregate nothing is
    aggregated while it still grows.
    """

    def __init__(self, store: TotalsStore, patience: timedelta | None = None) -> None:
        self._store = store
        self._patience = patience
        self._ledger: Ledger | None = None
        self._steps = MOST_STEPS

    def refresh(self) -> Tally:
        """Bring the totals up to now. Raises StoreUnavailable: what was settled until then stays settled."""
        now = self._store.clock()
        ledger = self._settled(self._ledger or self._opened(now), now)
        for span in filter(partial(self._is_ripe, now), ledger.due(now)):
            ledger = ledger.read(span, self._parts(ledger, span), now)
        self._ledger = ledger
        return ledger.tally

    def _is_ripe(self, now: datetime, span: Span) -> bool:
        return self._patience is None or (span.end is not None and now - span.end >= self._patience)

    def _opened(self, now: datetime) -> Ledger:
        kept = self._store.load()
        return Ledger.resumed(kept) if kept else Ledger.begun(self._store.earliest(), now)

    def _settled(self, ledger: Ledger, now: datetime) -> Ledger:
        while span := ledger.settleable(now, self._steps):
            ledger = ledger.settle(span, self._bearable(ledger, span))
            self._store.keep(ledger.totals)
            self._ledger = ledger
        self._steps = MOST_STEPS
        return ledger

    def _bearable(self, ledger: Ledger, span: Span) -> Parts:
        """Read a span; one that is too much for MongoDB's time limit is tried by halves the next time."""
        try:
            return self._parts(ledger, span)
        except StoreUnavailable:
            self._steps = max(1, self._steps // 2)
            raise

    def _parts(self, ledger: Ledger, span: Span) -> Parts:
        known = ledger.known(span) or {}
        return {stream.name: self._part(stream, span, known.get(stream.name)) for stream in self._store.streams}

    def _part(self, stream: Stream, span: Span, known: Part | None) -> Part:
        size = self._store.size(stream, span)
        if known and known.size == size:
            return known
        return Part(size, self._store.tally(stream, span) if size else Tally())
