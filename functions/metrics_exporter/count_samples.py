"""From the totals to samples: nothing while the totals are unknown, 0 from the start where the labels are known."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, product
from typing import get_args

from adapters.mongodb.counted import ABOVE, OTHER, ROUTES
from contracts.events import ServedBy
from contracts.totals import Tally
from metrics_exporter.metric import Buckets, Sample
from metrics_exporter.view import View
from rides.flags import FLAGS

MICROSECONDS = 1_000_000
SERVED_BY: tuple[str, ...] = get_args(ServedBy)

Samples = Callable[[View, float], Iterator[Sample]]
Known = Callable[[View, Tally], Iterable[tuple[str, ...]]]
"""Label values that are there from the start."""


def counted(count: str, known: Known, scale: int = 1) -> Samples:
    """Show a count by its labels, divided by `scale`."""

    def samples(view: View, _now: float) -> Iterator[Sample]:
        tally = view.totals.state.value
        if tally is not None:
            found = {key[1:] for key in tally.counts if key[0] == count}
            for values in sorted(found | set(known(view, tally))):
                yield values, tally.counts.get((count, *values), 0) / scale

    return samples


def binned(count: str, bins: Sequence[float], edges: Sequence[float], sums: Sequence[str]) -> Samples:
    """Show the counts of bins as a histogram by model version; `edges` are the bins' in the metric's own unit."""
    names = [*(f"{edge:g}" for edge in bins), ABOVE]
    bounds = [*(str(edge) for edge in edges), ABOVE]

    def buckets(tally: Tally, version: str) -> Buckets:
        cumulative = accumulate(tally.counts.get((count, version, name), 0) for name in names)
        total = sum(tally.counts.get((part, version), 0) for part in sums) / MICROSECONDS
        return Buckets(list(zip(bounds, cumulative, strict=True)), total)

    def samples(view: View, _now: float) -> Iterator[Sample]:
        tally = view.totals.state.value
        if tally is not None:
            yield from (((version,), buckets(tally, version)) for version in view.versions(tally))

    return samples


def newest(view: View, _now: float) -> Iterator[Sample]:
    """Show when the newest document of each kind was stored."""
    tally = view.totals.state.value
    for kind, moment in sorted(tally.newest.items()) if tally else ():
        yield (kind,), moment.timestamp()


def versions(view: View, tally: Tally) -> list[tuple[str, ...]]:
    """Know each model version."""
    return [(version,) for version in view.versions(tally)]


def versions_served(view: View, tally: Tally) -> Iterable[tuple[str, ...]]:
    """Know each model version, by who may serve it."""
    return product(view.versions(tally), SERVED_BY)


def versions_flagged(view: View, tally: Tally) -> Iterable[tuple[str, ...]]:
    """Know each model version, by every flag there is."""
    return product(view.versions(tally), FLAGS)


def routes(_view: View, _tally: Tally) -> list[tuple[str, ...]]:
    """Know each route."""
    return [(route,) for route in (*ROUTES, OTHER)]


def alone(_view: View, _tally: Tally) -> list[tuple[str, ...]]:
    """Know the one sample without labels."""
    return [()]


def none_yet(_view: View, _tally: Tally) -> list[tuple[str, ...]]:
    """Know none before it is seen."""
    return []
