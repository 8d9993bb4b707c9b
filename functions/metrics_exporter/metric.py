"""One metric: what it is called, what it means, and where its samples come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from metrics_exporter.view import View


class Buckets(NamedTuple):
    """One histogram: cumulative counts by upper edge, the last one +Inf, and the sum of the values."""

    edges: list[tuple[str, float]]
    total: float


Sample = tuple[tuple[str, ...], float | Buckets]
"""Label values in the order of the metric's labels, and the value."""


@dataclass(frozen=True)
class Metric:
    """A metric and its source. What is unknown yields no sample: an absent gauge is neither 0 nor NaN."""

    name: str
    type: Literal["counter", "gauge", "histogram"]
    meaning: str
    unit: str
    labels: tuple[str, ...]
    samples: Callable[[View, float], Iterable[Sample]]
    """From the view and the time of the scrape in Unix seconds."""
