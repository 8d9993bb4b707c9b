"""A profile spec as MongoDB expressions: which bin a document falls into, and which slices it is of.

The bins are those of `monitoring.profiles.counting`; tests hold both to the same counts of the same rows. Numbers are
found by halving, labels by their place in a list: a document costs some hundred nodes of expression, not one for each
bin.
"""

import math
from collections.abc import Sequence
from typing import Any

from contracts.profile import CategoricalColumn, Column, NumericColumn, Rule, Segment, SegmentFamily

LARGEST = 1e7
"""Numbers from here on are invalid, as everywhere."""
NOWHERE = -1
"""A row that is of no segment of a family, or a label that is in no list."""

Expression = Any


def path_of(column: Column) -> Expression:
    """Give where a document holds a column; errors are against the first actual."""
    places = {"prediction": "$minutes", "actual": "$first_actual", "error": "$error"}
    return places.get(column.role, f"$features.{column.name}")


def number_bin(column: NumericColumn, value: Expression) -> Expression:
    """Find a number's bin by halving.

    MongoDB orders what is absent and NaN before all numbers, and texts and truth values behind them.
    """
    *inner, last = (*column.edges, math.nan)[: max(len(column.edges), 1)]
    edges = [math.nextafter(-LARGEST, 0), *inner, *([math.nextafter(last, math.inf)] if column.edges else []), LARGEST]
    missing = column.bins - 1
    return _halved(value, edges, [missing, *range(missing), missing])


def label_place(column: CategoricalColumn, value: Expression) -> Expression:
    """Find a label's place in `label_bins`; −1 for one that is not known."""
    names = [name for name, _ in label_bins(column)]
    return {"$indexOfArray": [{"$literal": names}, {"$ifNull": [value, None]}]}


def label_bins(column: CategoricalColumn) -> list[tuple[Any, int]]:
    """List every way in which a known label, or none, can be stored, with its bin."""
    known = len(column.categories)
    bins = [*enumerate(column.categories), *((known, name) for name in column.others)]
    stored = [(value, place) for place, name in bins for value in spellings(name)]
    return [*stored, *((value, known + 2) for value in (None, math.nan, math.inf, -math.inf))]


def spellings(label: str) -> list[Any]:
    """Give the values that are read as a label: the text itself, a number written so, truth values as 0 and 1."""
    truth = {"0": [False], "1": [True]}.get(label, [])
    return [label, *_number(label), *truth]


def segment_place(family: SegmentFamily, first: int) -> Expression:
    """Find the slice that a document is of in a family whose first segment is slice number `first`."""
    branches = [
        {"case": _is_of(segment), "then": {"$literal": place}} for place, segment in enumerate(family.segments, first)
    ]
    return {"$switch": {"branches": branches, "default": NOWHERE}}


def _is_of(segment: Segment) -> Expression:
    rules = [_keeps(rule) for rule in segment.any_of]
    return rules[0] if len(rules) == 1 else {"$or": rules}


def _keeps(rule: Rule) -> Expression:
    value = f"$features.{rule.column}"
    if rule.values:
        return {"$in": [value, {"$literal": [one for label in rule.values for one in spellings(label)]}]}
    # what is no valid number is of no range
    low = math.nextafter(-LARGEST, 0) if rule.low is None else max(rule.low, math.nextafter(-LARGEST, 0))
    high = LARGEST if rule.high is None else min(rule.high, LARGEST)
    return {"$and": [{"$gte": [value, low]}, {"$lt": [value, high]}]}


def _halved(value: Expression, edges: Sequence[float], bins: Sequence[int]) -> Expression:
    """Give the bin whose number is the number of edges at or below the value."""
    if not edges:
        return {"$literal": bins[0]}
    middle = len(edges) // 2
    below = _halved(value, edges[:middle], bins[: middle + 1])
    return {"$cond": [{"$lt": [value, edges[middle]]}, below, _halved(value, edges[middle + 1 :], bins[middle + 1 :])]}


def _number(label: str) -> list[float]:
    """Read a label as the number that would be named so, if any."""
    try:
        number = float(label)
    except ValueError:
        return []
    named = str(int(number)) if math.isfinite(number) and number == int(number) else repr(number)
    return [number] if math.isfinite(number) and named == label else []
