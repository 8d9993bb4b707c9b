"""The series of every column's bins: all bins of all rows, and of each segment the groups that it is scored in."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from adapters.mongodb.binned import BINNED
from contracts.marginals import Marginal, Marginals, SliceMarginals
from contracts.profile import Column, ProfileSpec
from contracts.totals import Key
from metrics_exporter.bin_names import bin_names, group_names

ALL = "all"
LABELS = ("model_version", "segment", "column", "bin", "group")


class Series(NamedTuple):
    """One series: its label values, what is counted in it, and how often the reference holds that."""

    labels: tuple[str, ...]
    keys: tuple[Key, ...]
    reference: int


@lru_cache(maxsize=64)
def series_of(version: str, marginals: Marginals) -> tuple[Series, ...]:
    """Give every series of a version."""
    return tuple(_series(version, marginals))


def counted(series: Series, counts: Mapping[Key, int]) -> int:
    """Add up what a series counts."""
    return sum(counts.get(key, 0) for key in series.keys)


def segment_name(part: SliceMarginals) -> str:
    """Name a slice."""
    return f"{part.family}: {part.label}" if part.family else ALL


def _series(version: str, marginals: Marginals) -> Iterator[Series]:
    places = _places(marginals.spec)
    for number, part in enumerate(marginals.slices):
        for marginal in part.columns:
            place, column = places[marginal.column]
            for name, bins in _bins(column, marginal, whole=not part.family):
                group = marginal.groups[bins[0]]
                labels = (version, segment_name(part), column.name, name, str(group) if group >= 0 else "")
                keys = tuple((BINNED, version, str(number), str(place), str(one)) for one in bins)
                yield Series(labels, keys, sum(marginal.counts[one] for one in bins))


def _bins(column: Column, marginal: Marginal, *, whole: bool) -> Iterable[tuple[str, list[int]]]:
    if whole:
        return ((name, [place]) for place, name in enumerate(bin_names(column)))
    return group_names(column, marginal.groups)


def _places(spec: ProfileSpec) -> dict[str, tuple[int, Column]]:
    return {column.name: (place, column) for place, column in enumerate(spec.columns)}
