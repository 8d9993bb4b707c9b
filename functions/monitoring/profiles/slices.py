"""Slices of rows by one column or by two at a time; each has an id that is the same in every window."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitoring.numeric.values import Floats

Integers = NDArray[np.int64]


class Coded(NamedTuple):
    """A column of labels: each row's place among them, -1 where it has none."""

    codes: Integers
    labels: Sequence[str]


class Grouping(NamedTuple):
    """Rows told apart by one column or by two."""

    names: tuple[str, ...]
    columns: tuple[Coded, ...]
    codes: Integers
    """Each row's slice; -1 for none."""

    @property
    def size(self) -> int:
        """How many slices there can be."""
        return int(np.prod([len(column.labels) for column in self.columns]))

    def id_of(self, code: int) -> str:
        """Name a slice: `zone=74`, or `zone=74&hour=night`."""
        places = np.unravel_index(code, [len(column.labels) for column in self.columns])
        parts = zip(self.names, self.columns, places, strict=True)
        return "&".join(f"{name}={column.labels[int(place)]}" for name, column, place in parts)


class Tally(NamedTuple):
    """Rows, mean and standard error of some values, by slice."""

    rows: Integers
    mean: Floats
    error: Floats


def groupings(columns: Mapping[str, Coded]) -> Iterator[Grouping]:
    """Give every single column, then every pair, in the order in which they are handed in."""
    for names in [*combinations(columns, 1), *combinations(columns, 2)]:
        yield _grouped(names, tuple(columns[name] for name in names))


def tally(codes: Integers, values: Floats, size: int) -> Tally:
    """Sum up values by slice; where there are fewer than two, mean or error say nothing."""
    rows = np.bincount(codes, minlength=size)
    held = np.maximum(rows, 1)
    mean = np.bincount(codes, values, minlength=size) / held
    spread = np.bincount(codes, values**2, minlength=size) / held - mean**2
    return Tally(rows, mean, np.sqrt(np.maximum(spread, 0) / np.maximum(rows - 1, 1)))


def _grouped(names: tuple[str, ...], columns: tuple[Coded, ...]) -> Grouping:
    first, *rest = columns
    codes = first.codes.astype(np.int64)
    for column in rest:
        none = (codes < 0) | (column.codes < 0)
        codes = np.where(none, -1, codes * len(column.labels) + column.codes)
    return Grouping(names, columns, codes)
