"""Scales: from values to places in a plot.

Across, a plot is measured in per cent of its width and never stretched: texts, dots and lines keep their size on
every screen, and nothing has to be drawn again by a script.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """A straight scale from [low, high] to [start, end]."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Give the place of a value."""
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)

    def percent(self, value: float) -> str:
        """Give the place of a value as an SVG percentage."""
        return f"{self(value):.2f}%"

    def ticks(self) -> list[float]:
        """Give three to eight round values within the scale, evenly apart."""
        if self.low == self.high:
            return []
        step = round_below((self.high - self.low) / 3)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [place * step for place in range(first, last + 1)]


def across(values: Iterable[float], margin: float = 3) -> Scale:
    """Scale all values to the width, `margin` per cent free on both sides."""
    known = list(values)
    return Scale(min(known), max(known), margin, 100 - margin)


def upwards(values: Iterable[float], height: float, margin: float = 8) -> Scale:
    """Scale all values to a height in pixels, largest on top; all equal values stand in the middle."""
    known = list(values)
    low, high = min(known), max(known)
    if low == high:
        low, high = low - 1, high + 1
    return Scale(low, high, height - margin, margin)


def round_below(value: float) -> float:
    """Give the largest of 1, 2 and 5 times a power of ten that is not above a positive value."""
    power = 10.0 ** math.floor(math.log10(value))
    return max(step * power for step in (1, 2, 5) if step * power <= value * (1 + 1e-9))
