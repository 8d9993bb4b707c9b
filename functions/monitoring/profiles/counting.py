"""Counting: from rows, column by column, to profiles."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from contracts.profile import CategoricalColumn, Column, NumericColumn, ProfileSpec
from monitoring.numeric.values import Floats, Indices, Labels, Values, labels_of, numbers_of
from monitoring.profiles.layout import LABELLED, Integers, layout_of
from monitoring.profiles.profile import SCALE, Profile, empty
from monitoring.profiles.segments import members

LARGEST = 1e7
"""Numbers from here on are invalid: nothing that is watched is so large, and their sums would not be exact."""
QUANTUM = 2.0**20

Masks = Mapping[str, NDArray[np.int8]]
"""By check: 1 for a row that breaks it, 0 for one that keeps it, -1 where it cannot be told."""


class UnevenColumns(ValueError):
    """The columns are not equally long."""


@dataclass(frozen=True)
class CodedRows:
    """Rows with every column's bin found, ready to be counted, all of them or some."""

    spec: ProfileSpec
    bins: Mapping[str, Indices]
    numbers: Mapping[str, Floats]
    """Of the numeric columns; 0 where there is none."""
    invalid: Integers
    places: Indices
    """Shape (rows, 2 + families): the slices of each row, the number of slices where it is of none."""
    checks: Masks

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.places)

    @cached_property
    def groups(self) -> "Groups":
        """Put rows of the same slices together."""
        return Groups(self.places, len(layout_of(self.spec).slices))

    def take(self, rows: Indices) -> "CodedRows":
        """Give some of the rows; what was invalid is told of all rows, so of none of these."""
        return replace(
            self,
            bins={name: bins[rows] for name, bins in self.bins.items()},
            numbers={name: values[rows] for name, values in self.numbers.items()},
            invalid=np.zeros_like(self.invalid),
            places=self.places[rows],
            checks={name: mask[rows] for name, mask in self.checks.items()},
        )


def profile_of(spec: ProfileSpec, columns: Mapping[str, Values], checks: Masks | None = None) -> Profile:
    """Count the rows of some columns; a column of the spec that is not there is all missing. Raises UnevenColumns."""
    return count(code(spec, columns, checks))


def code(spec: ProfileSpec, columns: Mapping[str, Values], checks: Masks | None = None) -> CodedRows:
    """Find the bin of every value and the slices of every row. Raises UnevenColumns."""
    rows = _rows(columns)
    absent = np.full(rows, np.nan)
    read = _Read({name: columns.get(name, absent) for name in _needed(spec)})
    bins = {column.name: _bins(column, read) for column in spec.columns}
    numeric = [column.name for column in spec.columns if isinstance(column, NumericColumn)]
    return CodedRows(
        spec,
        bins,
        {name: np.where(np.isnan(read.numbers(name)), 0.0, read.numbers(name)) for name in numeric},
        np.array([read.invalid(column) for column in spec.columns], dtype=np.int64),
        _places(spec, bins, read, rows),
        {check.name: (checks or {}).get(check.name, np.full(rows, -1, dtype=np.int8)) for check in spec.checks},
    )


def count(coded: CodedRows) -> Profile:
    """Count coded rows."""
    profile, layout = empty(coded.spec), layout_of(coded.spec)
    groups = coded.groups
    profile.rows[:] = groups.spread(np.zeros(len(coded), dtype=np.intp), 1)[:, 0]
    for column in coded.spec.columns:
        cells, bins = layout.columns[column.name], coded.bins[column.name]
        profile.counts[:, cells] = groups.spread(bins, column.bins)
        if isinstance(column, NumericColumn):
            values = coded.numbers[column.name]
            profile.sums[:, cells] = groups.spread(bins, column.bins, np.rint(values * SCALE))
            profile.squares[:, cells] = groups.spread(bins, column.bins, np.rint(values * values * QUANTUM) / QUANTUM)
    for place, check in enumerate(coded.spec.checks):
        found = groups.spread(coded.checks[check.name].astype(np.intp) + 1, 3)
        profile.checks[:, place] = np.column_stack([found[:, 2], found[:, 1:].sum(axis=1)])
    profile.invalid[:] = coded.invalid
    return profile


class Groups:
    """Rows of the same slices, counted as one group first: a row is in eight slices, but in one group."""

    def __init__(self, places: Indices, slices: int) -> None:
        self._group = np.zeros(len(places), dtype=np.intp)
        self._membership = np.zeros((slices + 1, 1))
        for family in places.T:
            self._split(family, slices + 1)
        self._membership = self._membership[:slices]

    def spread(self, bins: Indices, size: int, weights: Floats | None = None) -> Floats:
        """Add up rows, or their weights, by slice and bin; shape (slices, size)."""
        groups = self._membership.shape[1]
        joint = np.bincount(self._group * size + bins, weights, minlength=groups * size)
        found: Floats = self._membership @ joint.reshape(groups, size).astype(np.float64)
        return found

    def _split(self, family: Indices, slices: int) -> None:
        """Part each group by the slices of one family; groups without rows are not kept."""
        codes = self._group * slices + family
        present = np.flatnonzero(np.bincount(codes))
        number = np.zeros(present.max(initial=0) + 1, dtype=np.intp)
        number[present] = np.arange(len(present))
        self._group = number[codes]
        self._membership = self._membership[:, present // slices]
        self._membership[present % slices, np.arange(len(present))] = 1


class _Read:
    """Columns read as labels or numbers, each once."""

    def __init__(self, columns: Mapping[str, Values]) -> None:
        self._columns = columns
        self._labels: dict[str, Labels] = {}
        self._numbers: dict[str, tuple[Floats, int]] = {}

    def labels(self, name: str) -> Labels:
        if name not in self._labels:
            self._labels[name] = labels_of(self._columns[name])
        return self._labels[name]

    def numbers(self, name: str) -> Floats:
        return self._read(name)[0]

    def invalid(self, column: Column) -> int:
        if isinstance(column, NumericColumn):
            return self._read(column.name)[1]
        labels = self.labels(column.name)
        return int(labels.invalid[labels.codes].sum())

    def _read(self, name: str) -> tuple[Floats, int]:
        if name not in self._numbers:
            self._numbers[name] = numbers_of(self._columns[name], LARGEST)
        return self._numbers[name]


def _needed(spec: ProfileSpec) -> set[str]:
    rules = (rule for family in spec.families for segment in family.segments for rule in segment.any_of)
    return {column.name for column in spec.columns} | {rule.column for rule in rules}


def _rows(columns: Mapping[str, Values]) -> int:
    lengths = {len(values) for values in columns.values()}
    if len(lengths) > 1:
        message = f"columns of different lengths: {sorted(lengths)}"
        raise UnevenColumns(message)
    return lengths.pop() if lengths else 0


def _bins(column: Column, read: _Read) -> Indices:
    if isinstance(column, CategoricalColumn):
        return _label_bins(column, read.labels(column.name))
    return _number_bins(column, read.numbers(column.name))


def _number_bins(column: NumericColumn, values: Floats) -> Indices:
    """Find each value's bin; the last but two is closed on its right, NaN sorts behind all edges."""
    if not column.edges:
        return np.isnan(values).astype(np.intp)
    edges = np.array(column.edges)
    bins = np.searchsorted(edges, values, side="right")
    bins[values == edges[-1]] = len(edges) - 1
    bins[np.isnan(values)] = len(edges) + 1
    return bins


def _label_bins(column: CategoricalColumn, labels: Labels) -> Indices:
    known = len(column.categories)
    places = dict.fromkeys(column.others, known) | {name: place for place, name in enumerate(column.categories)}
    missing, unseen = known + 2, known + 1
    bins = [missing if name is None else places.get(name, unseen) for name in labels.names]
    return np.array(bins, dtype=np.intp)[labels.codes]


def _places(spec: ProfileSpec, bins: Mapping[str, Indices], read: _Read, rows: int) -> Indices:
    """Find the slices of each row: all, labelled or not, and one or none of each family."""
    layout = layout_of(spec)
    nowhere = len(layout.slices)
    labelled = np.where(_is_labelled(spec, bins, rows), layout.slice_of(*LABELLED), nowhere)
    found = [np.zeros(rows, dtype=np.intp), labelled]
    first = layout.slice_of(*LABELLED) + 1
    for family in spec.families:
        member = members(family, rows, read.labels, read.numbers)
        found.append(np.where(member < 0, nowhere, member + first))
        first += len(family.segments)
    return np.column_stack(found)


def _is_labelled(spec: ProfileSpec, bins: Mapping[str, Indices], rows: int) -> NDArray[np.bool_]:
    present = [bins[column.name] < column.bins - 1 for column in spec.columns if column.role == "actual"]
    return present[0] if present else np.zeros(rows, dtype=bool)
