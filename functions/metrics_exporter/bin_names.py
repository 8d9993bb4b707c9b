"""What bins and groups of bins are called."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from contracts.profile import CategoricalColumn, Column, NumericColumn

OTHER, UNSEEN, MISSING = "other", "unseen", "missing"
REST = "rest"
RESERVED = frozenset({OTHER, UNSEEN, MISSING, REST})
MARK = "= "


def bin_names(column: Column) -> list[str]:
    """Name every bin of a column, no two alike."""
    return [*_ranges(column.edges), MISSING] if isinstance(column, NumericColumn) else _labels(column)


def group_names(column: Column, groups: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Name each group of bins and give its bins; what is in no group is alone."""
    names, places = bin_names(column), range(column.bins)
    ordered = sorted(places, key=lambda place: (groups[place] < 0, groups[place], place))
    for _, members in groupby(ordered, key=lambda place: (groups[place], place if groups[place] < 0 else 0)):
        bins = list(members)
        yield _group_name(column, names, bins), bins


def _ranges(edges: Sequence[float]) -> list[str]:
    ends = ["-Inf", *_written(edges), "+Inf"]
    return [f"{low}..{high}" for low, high in pairwise(ends)]


def _written(edges: Sequence[float]) -> list[str]:
    short = [f"{edge:.6g}" for edge in edges]
    return short if len(set(short)) == len(edges) else [repr(edge) for edge in edges]


def _labels(column: CategoricalColumn) -> list[str]:
    return [*map(_label, column.categories), OTHER, UNSEEN, MISSING]


def _label(name: str) -> str:
    """Name a label; one that is called as a bin of ours is told apart by a mark."""
    return f"{MARK}{name}" if name in RESERVED or name.startswith(MARK) else name


def _group_name(column: Column, names: Sequence[str], bins: Sequence[int]) -> str:
    first, last = names[bins[0]], names[bins[-1]]
    if len(bins) == 1:
        return first
    if isinstance(column, NumericColumn):
        return f"{first.split('..')[0]}..{last.split('..')[1]}"
    return f"{first}..{last}" if column.ordered else REST
