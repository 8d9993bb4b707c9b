"""The ledger: which spans of server time are settled for ever, and which are read again.

A document becomes visible some time after its stamp: its writer was slow, or waited for another. So nothing younger
than OVERLAP is settled. The younger rest is cut into slices; a slice is read while it is open and again as it ages
past each of AGES, so that a document is aggregated a few times, not at every refresh. What a slice holds never
changes but by growing: as long as its size is the same, its counts are.

    settled ───────────────│ slice │ slice │ … │ open slice ▶
                        position               now
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

from contracts.totals import Span, Tally, Totals, added

SLICE = timedelta(seconds=5)
AGES = (timedelta(seconds=2), timedelta(seconds=8), timedelta(seconds=30))
OVERLAP = timedelta(minutes=3)
"""Longer than any writer lives: the timeout of the record function is 60 s."""
STEP = timedelta(minutes=1)
"""What is settled at once, and then kept: a whole number of slices."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Part(NamedTuple):
    """What one stream held in a span as it was read."""

    size: int
    tally: Tally


Parts = Mapping[str, Part]
"""By stream."""


@dataclass(frozen=True)
class Slice:
    """A slice of server time as it was read last."""

    span: Span
    read_at: datetime
    parts: Parts


@dataclass(frozen=True)
class Ledger:
    """Everything counted: settled before `position`, by slices after it."""

    position: datetime
    settled: Tally = field(default_factory=Tally)
    slices: Mapping[datetime, Slice] = field(default_factory=dict)
    """By start."""

    @classmethod
    def begun(cls, earliest: datetime | None, now: datetime) -> Self:
        """Begin before the first thing there is to count."""
        settleable = now - OVERLAP
        return cls(floor(min(earliest or settleable, settleable), STEP))

    @classmethod
    def resumed(cls, totals: Totals) -> Self:
        """Go on from what was kept."""
        return cls(totals.position, totals.tally)

    @property
    def totals(self) -> Totals:
        """What is to be kept: the settled counts alone."""
        return Totals.of(self.position, self.settled)

    @property
    def tally(self) -> Tally:
        """Add up everything counted."""
        parts = (part.tally for slice_ in self.slices.values() for part in slice_.parts.values())
        return added((self.settled, *parts))

    def settleable(self, now: datetime, steps: int) -> Span | None:
        """Give the next span in which nothing can appear any more, if any, of so many steps at most."""
        end = min(floor(now - OVERLAP, STEP), self.position + steps * STEP)
        return Span(self.position, end) if end > self.position else None

    def due(self, now: datetime) -> Iterator[Span]:
        """Give the slices that are to be read now, oldest first; the last is open."""
        last = max(floor(now, SLICE), *self.slices, self.position)
        start = self.position
        while start <= last:
            span = Span(start, start + SLICE if start < last else None)
            if self._is_due(span, now):
                yield span
            start += SLICE

    def known(self, span: Span) -> Parts | None:
        """Give what is known of exactly this span: one slice, or closed slices side by side."""
        if span.start in self.slices and self.slices[span.start].span == span:
            return self.slices[span.start].parts
        inside = [slice_ for start, slice_ in self.slices.items() if span.end and span.start <= start < span.end]
        return _united(inside) if _fill(inside, span) else None

    def read(self, span: Span, parts: Parts, now: datetime) -> "Ledger":
        """Note what a slice held."""
        return replace(self, slices={**self.slices, span.start: Slice(span, now, parts)})

    def settle(self, span: Span, parts: Parts) -> "Ledger":
        """Add what the span held for ever, and forget its slices."""
        end = span.end or self.position
        settled = added((self.settled, *(part.tally for part in parts.values())))
        return Ledger(end, settled, {start: slice_ for start, slice_ in self.slices.items() if start >= end})

    def _is_due(self, span: Span, now: datetime) -> bool:
        last = self.slices.get(span.start)
        if last is None or last.span != span or span.end is None:
            return True
        before, age = last.read_at - span.end, now - span.end
        return any(before < milestone <= age for milestone in AGES)


def floor(moment: datetime, width: timedelta) -> datetime:
    """Round down to a whole number of widths since the epoch."""
    return moment - (moment - EPOCH) % width


def _fill(slices: list[Slice], span: Span) -> bool:
    """Tell whether closed slices fill a span; what an open one held may lie behind its end."""
    closed = sum(slice_.span.end is not None for slice_ in slices)
    return span.start + closed * SLICE == span.end


def _united(slices: list[Slice]) -> Parts:
    streams = slices[0].parts
    return {stream: _merged([slice_.parts[stream] for slice_ in slices]) for stream in streams}


def _merged(parts: list[Part]) -> Part:
    return Part(sum(part.size for part in parts), added(part.tally for part in parts))
