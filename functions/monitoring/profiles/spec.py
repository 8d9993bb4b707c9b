"""Specs: edges and categories, made once, at training, from the reference."""

from collections.abc import Mapping, Sequence

import numpy as np

from contracts.profile import (
    CategoricalColumn,
    Column,
    DeclaredCheck,
    DeclaredColumn,
    NumericColumn,
    ProfileSpec,
    SegmentFamily,
)
from monitoring.numeric.values import Floats, Values, counted, labels_of, numbers_of

QUANTILES = np.unique(np.concatenate([np.linspace(0, 1, 41), [0.001, 0.005, 0.01, 0.99, 0.995, 0.999]]))
"""Where numbers are cut: fine enough for Wasserstein and quantiles; scoring merges bins as it needs."""
MOST_DISTINCT = 40
"""Up to so many distinct numbers each gets a bin of its own."""
MOST_CATEGORIES = 100


def make_spec(
    declared: Sequence[DeclaredColumn],
    reference: Mapping[str, Values],
    families: Sequence[SegmentFamily] = (),
    checks: Sequence[DeclaredCheck] = (),
) -> ProfileSpec:
    """Turn what a domain declares and the reference's columns into a spec. A column not there is all missing."""
    columns = tuple(_column(column, reference.get(column.name, ())) for column in declared)
    return ProfileSpec(columns=columns, families=tuple(families), checks=tuple(checks))


def _column(declared: DeclaredColumn, values: Values) -> Column:
    return _numeric(declared, values) if declared.kind == "numeric" else _categorical(declared, values)


def _numeric(declared: DeclaredColumn, values: Values) -> NumericColumn:
    edges = _edges(values) if declared.edges is None else declared.edges
    if declared.role == "error":  # cut at zero, so that the sums of its bins give absolute errors exactly
        edges = tuple(sorted({*edges, 0.0}))
    return NumericColumn(name=declared.name, role=declared.role, unit=declared.unit, of=declared.of, edges=edges)


def _edges(column: Values) -> tuple[float, ...]:
    """Cut at quantiles, the minimum and the maximum included; few distinct numbers are cut half-way between them."""
    values = _present(column)
    distinct = np.unique(values)
    if len(distinct) == 0:
        return ()
    if len(distinct) <= MOST_DISTINCT:
        middles = (distinct[1:] + distinct[:-1]) / 2
        return tuple(map(float, (distinct[0], *middles, distinct[-1])))
    return tuple(np.unique(np.quantile(values, QUANTILES, method="inverted_cdf")).tolist())


def _present(column: Values) -> Floats:
    values = numbers_of(column).values
    return values[~np.isnan(values)]


def _categorical(declared: DeclaredColumn, values: Values) -> CategoricalColumn:
    counts = counted(labels_of(values))
    categories = declared.categories or _categories(counts, ordered=declared.ordered)
    return CategoricalColumn(
        name=declared.name,
        role=declared.role,
        categories=categories,
        others=tuple(sorted(set(counts) - set(categories))),
        cycle=declared.cycle,
        ordered=declared.ordered,
    )


def _categories(counts: Mapping[str, int], *, ordered: bool) -> tuple[str, ...]:
    """Take the most frequent labels, in their own order if they have one, else most frequent first."""
    by_frequency = sorted(counts, key=lambda label: (-counts[label], _natural(label)))[:MOST_CATEGORIES]
    return tuple(sorted(by_frequency, key=_natural) if ordered else by_frequency)


def _natural(label: str) -> tuple[float, str]:
    """Sort numbers as numbers and before words."""
    try:
        return (float(label), label)
    except ValueError:
        return (np.inf, label)
