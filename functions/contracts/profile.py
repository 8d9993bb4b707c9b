"""Profiles: exact counts per bin of every column of a window or of the reference."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.base import SCHEMA_VERSION, Contract

Role = Literal["feature", "prediction", "actual", "error"]
Cycle = Literal["none", "day", "week"]


class NumericColumn(Contract):
    """A number, counted between fixed edges.

    Bins are, in order: below edges[0], [edges[0], edges[1]), …, [edges[-2], edges[-1]], above edges[-1], missing,
    so there are len(edges) + 2 of them. edges[0] and edges[-1] are the reference's own minimum and maximum.
    """

    kind: Literal["numeric"] = "numeric"
    name: str
    role: Role = "feature"
    unit: str = ""
    edges: tuple[float, ...]
    scale: int = 1_000_000
    """Values are summed as integers of 1/scale units, so that sums are exact and mergeable."""


class CategoricalColumn(Contract):
    """A label, counted by value.

    Bins are, in order: each of `categories`, other (known to the reference, not among the categories), unseen
    (not known to the reference), missing.
    """

    kind: Literal["categorical"] = "categorical"
    name: str
    role: Role = "feature"
    categories: tuple[str, ...]
    others: tuple[str, ...] = ()
    cycle: Cycle = "none"
    """day: repeats every day (hour); week: repeats every week (weekday). Judged on whole weeks only."""
    ordered: bool = False


Column = Annotated[NumericColumn | CategoricalColumn, Field(discriminator="kind")]


class ProfileSpec(Contract):
    """What is counted and how: made once, at training, from the reference."""

    schema_version: Literal[1] = SCHEMA_VERSION
    columns: tuple[Column, ...]

    def column(self, name: str) -> NumericColumn | CategoricalColumn:
        """Give the column of that name. Raises KeyError."""
        return {column.name: column for column in self.columns}[name]


class ColumnCounts(Contract):
    """The counts of one column, by bin; for numbers also the sums of scaled integers, and those of the squares.

    Squares are rounded to 2**-20, so that their sums are exact, and merge exactly, up to 2**33.
    """

    counts: tuple[int, ...]
    sums: tuple[int, ...] = ()
    squares: tuple[float, ...] = ()
    invalid: int = 0
    """Values that were not of the column's type; they are in `missing` too."""


class Profile(Contract):
    """Counts of every column of a spec over some rows."""

    schema_version: Literal[1] = SCHEMA_VERSION
    spec: ProfileSpec
    rows: int
    columns: dict[str, ColumnCounts]


class DeclaredColumn(Contract):
    """What a domain says of one column before any data are seen; training turns it into a Column."""

    name: str
    kind: Literal["numeric", "categorical"]
    role: Role = "feature"
    unit: str = ""
    edges: tuple[float, ...] = ()
    """Fixed edges; none means quantiles of the reference."""
    categories: tuple[str, ...] = ()
    """Fixed categories; none means the reference's most frequent values."""
    cycle: Cycle = "none"
    ordered: bool = False
