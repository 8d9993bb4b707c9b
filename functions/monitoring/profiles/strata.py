"""Strata: profiles by hour of the week, so that a reference can be put at the hours of any window."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contracts.profile import Column, ProfileSpec
from monitoring.numeric.values import Floats
from monitoring.profiles.layout import Counts, Integers, layout_of
from monitoring.profiles.profile import Profile

HOURS_A_DAY, DAYS_A_WEEK = 24, 7
HOURS = HOURS_A_DAY * DAYS_A_WEEK
"""Strata are numbered from 0, Monday's first hour."""
LEAST = 20
"""An hour of the week with fewer rows borrows: from the same hour of like days, of all days, else from every hour."""
SATURDAY = 5


@dataclass(frozen=True)
class Strata:
    """Profiles of one spec by hour of the week, the empty cells left out."""

    spec: ProfileSpec
    stratum: NDArray[np.int16]
    place: NDArray[np.int16]
    """The slice."""
    cell: NDArray[np.int32]
    counts: Integers
    sums: Integers
    squares: Floats
    rows: Integers
    """Shape (168, slices)."""
    checks: Integers
    """Shape (168, slices, checks, 2)."""

    @classmethod
    def of(cls, spec: ProfileSpec, profiles: Mapping[int, Profile]) -> "Strata":
        """Put the profiles of some hours of the week together."""
        slices = len(layout_of(spec).slices)
        rows = np.zeros((HOURS, slices), dtype=np.int64)
        checks = np.zeros((HOURS, slices, len(spec.checks), 2), dtype=np.int64)
        for hour, profile in profiles.items():
            rows[hour], checks[hour] = profile.rows, profile.checks
        found = [(np.full(len(places), hour), *places.T) for hour, places in _held(profiles)]
        stratum, place, cell = (np.concatenate(part) for part in zip(*found, strict=True))
        tables: dict[str, Any] = {name: _gathered(profiles, name) for name in ("counts", "sums", "squares")}
        return cls(
            spec,
            stratum.astype(np.int16),
            place.astype(np.int16),
            cell.astype(np.int32),
            **tables,
            rows=rows,
            checks=checks,
        )

    def first_slice(self) -> "Strata":
        """Give the strata of all rows, without those of segments."""
        return replace(self, **self._held(self.place == 0), rows=self.rows[:, :1], checks=self.checks[:, :1])

    def only(self, columns: Iterable[Column]) -> "Strata":
        """Give the strata of some columns, as if the others' values had not been counted."""
        wanted, cells = np.zeros(layout_of(self.spec).cells, dtype=bool), layout_of(self.spec).columns
        for column in columns:
            wanted[cells[column.name]] = True
        return replace(self, **self._held(wanted[self.cell]))

    def _held(self, held: NDArray[np.bool_]) -> dict[str, Any]:
        return {name: getattr(self, name)[held] for name in ("stratum", "place", "cell", "counts", "sums", "squares")}

    @cached_property
    def _index(self) -> NDArray[np.intp]:
        """Where each cell lies in the table of a profile, written out in one line."""
        return self.place.astype(np.intp) * layout_of(self.spec).cells + self.cell

    def at(self, weights: Floats) -> Profile:
        """Add the strata up, each row of a stratum and slice counting as often as `weights`, (168, slices), say."""
        shape = (weights.shape[1], layout_of(self.spec).cells)
        by, size = weights[self.stratum, self.place], shape[0] * shape[1]
        counts, sums, squares = (
            np.bincount(self._index, by * table, minlength=size).reshape(shape).astype(np.float64, copy=False)
            for table in (self.counts, self.sums, self.squares)
        )
        return Profile(
            self.spec,
            rows=(weights * self.rows).sum(axis=0),
            counts=counts,
            sums=sums,
            squares=squares,
            checks=np.einsum("hs,hsck->sck", weights, self.checks),
            invalid=np.zeros(len(self.spec.columns)),
        )


def weights_at(rows: Counts, now: Counts) -> Floats:
    """Say how often each row of a stratum counts, so that slices have the hours of the week of `now`'s; (168, slices).

    An hour with too few rows is stood for by the smallest pool of hours that holds enough.
    """
    found, left = np.zeros(rows.shape), np.ones(rows.shape, dtype=bool)
    for pool in _pools():
        held = _by_pool(rows, pool)
        takes = left & ((held >= LEAST) | (pool.max() == 0))
        found += _by_pool(np.where(takes, now, 0), pool) / np.maximum(held, 1)
        left &= ~takes
    return found


def effective_rows(rows: Counts, weights: Floats) -> Floats:
    """Count the equally weighted rows that would tell as much, by slice (Kish 1965): (Σ w m)² / Σ w² m."""
    squared = (weights**2 * rows).sum(axis=0)
    found: Floats = (weights * rows).sum(axis=0) ** 2 / np.where(squared > 0, squared, 1)
    return found


def _pools() -> tuple[Integers, ...]:
    """Give, for each hour of the week, the number of its pool: by itself, with like days, with all days, with all."""
    hour, day = np.arange(HOURS) % HOURS_A_DAY, np.arange(HOURS) // HOURS_A_DAY
    like = hour + HOURS_A_DAY * (day >= SATURDAY)
    return np.arange(HOURS), like, hour, np.zeros(HOURS, dtype=np.int64)


def _by_pool(values: Counts, pool: Integers) -> Floats:
    """Add up each pool, and give every hour its pool's sum."""
    sums = np.zeros((pool.max() + 1, values.shape[1]))
    np.add.at(sums, pool, values)
    found: Floats = sums[pool]
    return found


def _held(profiles: Mapping[int, Profile]) -> list[tuple[int, NDArray[np.intp]]]:
    return [(hour, np.argwhere(profile.counts)) for hour, profile in profiles.items()]


def _gathered(profiles: Mapping[int, Profile], name: str) -> NDArray[Any]:
    return np.concatenate([profile.arrays()[name][profile.counts != 0] for profile in profiles.values()])
