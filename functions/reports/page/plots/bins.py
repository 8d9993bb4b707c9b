"""The bins of a histogram as shares, and which of them to draw."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.findings import ColumnReport, Histogram
from reports.page.text import MINUS

OTHER = "other"
LAST = (OTHER, "unseen", "missing")
"""Bins that are no values of their own stand last."""
DAY_NAMES = dict(zip("0123456", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))


@dataclass(frozen=True)
class Bin:
    """One bin: how many now, and the shares of all rows now and in the reference, whose rows are reweighted."""

    label: str
    count: int
    now: float
    reference: float

    @property
    def low(self) -> str:
        """Where the bin begins, if its label says so: `1.1 – 1.4` and `≥ 1.1` begin at 1.1, `missing` nowhere."""
        low, dash, _ = self.label.partition(" – ")
        return low if dash else self.label.partition("≥ ")[2]

    @property
    def shift(self) -> float:
        """How much larger the share is now."""
        return self.now - self.reference


def bins_of(column: ColumnReport) -> list[Bin]:
    """Give the bins to draw: of values in order, all from the first to the last that holds anything; else what does."""
    if column.histogram is None:
        return []
    bins = _shares(column.histogram, _labels(column, column.histogram))
    if not in_order(column):
        return [part for part in bins if part.count or part.reference]
    held = [place for place, part in enumerate(bins) if part.count or part.reference]
    return bins[held[0] : held[-1] + 1] if held else []


def in_order(column: ColumnReport) -> bool:
    """Tell whether the bins follow one another, as numbers and hours do."""
    return column.kind == "numeric" or column.cycle != "none"


def most_moved(bins: Sequence[Bin]) -> Bin:
    """Give the bin whose share changed most."""
    return max(bins, key=lambda part: abs(part.shift))


def largest(bins: Sequence[Bin], most: int) -> list[Bin]:
    """Give `most` bins: the one that moved most and those with the largest shares, largest reference first."""
    moved = most_moved(bins)
    ranked = sorted(bins, key=lambda part: (part is not moved, -max(part.now, part.reference)))
    return sorted(ranked[:most], key=lambda part: (part.label in LAST, -part.reference, -part.now))


def split(bins: Sequence[Bin], most: int) -> tuple[list[Bin], list[Bin]]:
    """Give at most so many bins to draw, and those that stand for several values: all the rest, and `other`."""
    single = [part for part in bins if part.label != OTHER] or list(bins)
    drawn = largest(single, most)
    rest = [part for part in single if part not in drawn]
    others = [part for part in bins if part.label == OTHER and part not in drawn]
    return drawn, [*([merged(rest)] if rest else []), *others]


def merged(bins: Sequence[Bin]) -> Bin:
    """Put bins together as one."""
    return Bin(
        f"{len(bins)} more" if len(bins) > 1 else bins[0].label,
        sum(part.count for part in bins),
        sum(part.now for part in bins),
        sum(part.reference for part in bins),
    )


def _shares(histogram: Histogram, labels: Sequence[str]) -> list[Bin]:
    all_now, all_reference = sum(histogram.now) or 1, sum(histogram.reference) or 1
    counted = zip(labels, histogram.now, histogram.reference, strict=False)
    return [Bin(label, now, now / all_now, reference / all_reference) for label, now, reference in counted]


def _labels(column: ColumnReport, histogram: Histogram) -> tuple[str, ...]:
    if column.kind == "numeric":
        return tuple(label.replace("-", MINUS) for label in histogram.labels)
    if column.cycle == "week":
        return tuple(DAY_NAMES.get(label, label) for label in histogram.labels)
    return tuple(f"{label}:00" if column.cycle == "day" and label.isdigit() else label for label in histogram.labels)
