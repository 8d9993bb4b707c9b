"""What the model goes by: the sizes of its attributions, and whether their order still is the reference's."""

from collections.abc import Sequence
from math import log2

from contracts.findings import Attribution, Attributions
from contracts.profile import Column
from monitoring.numeric.intervals import size_interval
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.moments import mean, present
from monitoring.window.performance import estimate, sums_of

LEAST_ROWS = 20
"""Of fewer explained answers even the order is luck."""


def attributions_of(comparison: Comparison) -> Attributions:
    """Tell the mean size of each group's attributions, and how far their order agrees with the reference's."""
    columns = [column for column in comparison.reference.spec.columns if column.role == "attribution"]
    rows = min((round(present(comparison.sides(column.name).now)) for column in columns), default=0)
    if rows < LEAST_ROWS:
        return Attributions(status="too_few", note=f"{rows} explained answers; {LEAST_ROWS} are needed.", rows=rows)
    groups = sorted((_attribution(comparison, column) for column in columns), key=lambda group: -group.size.value)
    agreement = ndcg([group.size.reference or 0.0 for group in groups])
    return Attributions(status="ok", rows=rows, groups=tuple(groups), agreement=agreement)


def ndcg(relevance: Sequence[float]) -> float | None:
    """Give the normalised discounted cumulative gain of an order (Järvelin and Kekäläinen 2002); None of no gain.

    `relevance` is what each place is worth, the first first: here the reference's sizes in the order of now.
    """
    best = _gain(sorted(relevance, reverse=True))
    return _gain(relevance) / best if best else None


def _gain(relevance: Sequence[float]) -> float:
    return sum(worth / log2(place + 2) for place, worth in enumerate(relevance))


def _attribution(comparison: Comparison, column: Column) -> Attribution:
    now, reference = comparison.sides(column.name)
    sums = sums_of(now)
    interval = size_interval(sums, sums_of(reference), *comparison.certainty(column.name, sums.rows))
    size = estimate(interval, mean(reference))
    if size is None:
        message = f"{column.name} has too few rows"
        raise ValueError(message)
    return Attribution(name=column.name, size=size)
