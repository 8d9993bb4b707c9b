"""Profiles: exact counts by slice and bin, and sums that stay exact, so that profiles merge by addition."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.profile import ProfileSpec
from monitoring.profiles.layout import ALL, Counts, Layout, layout_of

SCALE = 1_000_000
"""Values are summed as whole millionths: exact while the rows counted at once sum to less than 2**53 of them."""


class SpecMismatch(ValueError):
    """The profiles do not count the same bins."""


class ColumnCounts(NamedTuple):
    """The counts of one column in one slice, by bin; of numbers also the sums in millionths and those of squares."""

    counts: Counts
    sums: Counts
    squares: Counts
    invalid: int = 0
    """Values of all rows that were not of the column's type; they are in `missing` too."""


@dataclass(frozen=True, eq=False)
class Profile:
    """Counts over some rows of every column of a spec, for all rows, for the labelled ones and for each segment.

    Arrays are whole numbers where rows were counted, and floats where a reference was reweighted.
    """

    spec: ProfileSpec
    rows: Counts
    """Shape (slices,)."""
    counts: Counts
    """Shape (slices, cells), cells as `layout_of(spec)` has them."""
    sums: Counts
    """Shape (slices, cells), in millionths; zero for labels."""
    squares: NDArray[np.float64]
    """Shape (slices, cells), each rounded to 2**-20, so that sums are exact up to 2**33."""
    checks: Counts
    """Shape (slices, checks, 2): rows that break each check, and rows that could be checked."""
    invalid: Counts
    """Shape (columns,), of all rows."""

    def __eq__(self, other: object) -> bool:
        """Tell whether the same was counted."""
        if not isinstance(other, Profile):
            return NotImplemented
        pairs = zip(self.arrays().values(), other.arrays().values(), strict=True)
        return self.spec == other.spec and all(np.array_equal(*pair) for pair in pairs)

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def layout(self) -> Layout:
        """Where each column and slice lies."""
        return layout_of(self.spec)

    def column(self, name: str, place: tuple[str, str] = ALL) -> ColumnCounts:
        """Give what was counted of a column in a slice. Raises KeyError, ValueError."""
        row, cells = self.layout.slice_of(*place), self.layout.columns[name]
        invalid = int(self.invalid[self.layout.order[name]])
        return ColumnCounts(self.counts[row, cells], self.sums[row, cells], self.squares[row, cells], invalid)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give everything that adds up, by name."""
        names = ("rows", "counts", "sums", "squares", "checks", "invalid")
        return {name: getattr(self, name) for name in names}


def shapes(spec: ProfileSpec) -> dict[str, tuple[int, ...]]:
    """Give the shape of each array of a spec's profiles."""
    layout = layout_of(spec)
    table = (len(layout.slices), layout.cells)
    return {
        "rows": table[:1],
        "counts": table,
        "sums": table,
        "squares": table,
        "checks": (table[0], len(spec.checks), 2),
        "invalid": (len(spec.columns),),
    }


def empty(spec: ProfileSpec) -> Profile:
    """Give the profile of no rows."""
    arrays: dict[str, Any] = {name: np.zeros(shape, dtype=np.int64) for name, shape in shapes(spec).items()}
    arrays["squares"] = arrays["squares"].astype(np.float64)
    return Profile(spec, **arrays)


def add(one: Profile, other: Profile) -> Profile:
    """Give the profile of both one's and the other's rows. Raises SpecMismatch."""
    mine, theirs = _arrays(one, other)
    return Profile(one.spec, **{name: values + theirs[name] for name, values in mine.items()})


def include(total: Profile, other: Profile) -> None:
    """Add another profile's rows to those of one that is nobody else's yet. Raises SpecMismatch."""
    mine, theirs = _arrays(total, other)
    for name, values in mine.items():
        np.add(values, theirs[name], out=values)


def subtract(one: Profile, other: Profile) -> Profile:
    """Give the profile of one's rows without the other's, which must be among them. Raises SpecMismatch."""
    mine, theirs = _arrays(one, other)
    return Profile(one.spec, **{name: values - theirs[name] for name, values in mine.items()})


def _arrays(one: Profile, other: Profile) -> tuple[Mapping[str, NDArray[Any]], Mapping[str, NDArray[Any]]]:
    if one.spec is not other.spec and one.spec != other.spec:
        message = "profiles of different specs cannot be combined"
        raise SpecMismatch(message)
    return one.arrays(), other.arrays()
