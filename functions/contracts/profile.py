"""Profiles: what is counted of every column of a window or of the reference, as data."""

from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import SCHEMA_VERSION, Contract

Role = Literal[
    "feature",
    "prediction",
    "actual",
    "error",
    "absolute_error",
    "squared_error",
    "relative_error",
    "naive_error",
    "gain",
    "delay",
    "estimated_error",
    "foreseen",
    "unforeseen",
    "covered",
    "attribution",
    "relative",
]
"""error = prediction − actual; relative_error = |error| / actual; naive_error = |fallback's answer − actual|;
gain = naive_error − absolute_error; delay = hours from the storing of a prediction to that of its first label;
estimated_error is the |error| that was expected before any label, foreseen the same of rows that have an error,
unforeseen = absolute_error − foreseen; covered is 1 where the prediction's interval held the actual, else 0;
attribution is the size of what a group of features brought to an answer, of the answers that are explained;
relative is how far a feature is from what is usual of rows alike: by it a segment is held against all other rows."""
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
    of: str = ""
    """The feature that a relative number is of."""
    edges: tuple[float, ...]

    @property
    def bins(self) -> int:
        """How many bins it is counted in."""
        return len(self.edges) + 2


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

    @property
    def bins(self) -> int:
        """How many bins it is counted in."""
        return len(self.categories) + 3


Column = Annotated[NumericColumn | CategoricalColumn, Field(discriminator="kind")]


class Rule(Contract):
    """What a row must be to belong: one of some labels of a column, or a number of it in [low, high)."""

    column: str
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


class Segment(Contract):
    """A named slice of rows: those that keep any of its rules."""

    label: str
    any_of: tuple[Rule, ...]


class SegmentFamily(Contract):
    """Slices of one kind; a row belongs to the first of them that takes it, or to none."""

    name: str
    segments: tuple[Segment, ...]
    served_alike: bool = False
    """Whether its segments are groups whom the model should serve alike; others are harder or easier by nature."""


class DeclaredCheck(Contract):
    """What can be wrong with a row: the domain says of each row whether it is, is not, or cannot be told."""

    name: str
    meaning: str
    """What is counted, for a person."""
    kind: Literal["quality", "flag", "fallback"] = "quality"


class ProfileSpec(Contract):
    """What is counted and how: made once, at training, from the reference."""

    schema_version: Literal[1] = SCHEMA_VERSION
    columns: tuple[Column, ...]
    families: tuple[SegmentFamily, ...] = ()
    checks: tuple[DeclaredCheck, ...] = ()

    @cached_property
    def digest(self) -> bytes:
        """Tell specs apart: the sha256 of what a spec says, so that a field added later, unsaid, changes none."""
        return sha256(self.model_dump_json(exclude_defaults=True).encode()).digest()

    def __eq__(self, other: object) -> bool:
        """Tell whether the same is said: a report asks thousands of times."""
        return self is other or (isinstance(other, ProfileSpec) and self.digest == other.digest)

    def __hash__(self) -> int:
        """Go by the digest."""
        return hash(self.digest)

    def column(self, name: str) -> NumericColumn | CategoricalColumn:
        """Give the column of that name. Raises KeyError."""
        return {column.name: column for column in self.columns}[name]


class DeclaredColumn(Contract):
    """What a domain says of one column before any data are seen; training turns it into a Column."""

    name: str
    kind: Literal["numeric", "categorical"]
    role: Role = "feature"
    unit: str = ""
    of: str = ""
    """The feature that a relative number is of."""
    edges: tuple[float, ...] | None = None
    """Fixed edges, none at all for a number of which only the mean is told; absent means quantiles of the reference."""
    categories: tuple[str, ...] = ()
    """Fixed categories; none means the reference's most frequent values."""
    cycle: Cycle = "none"
    ordered: bool = False
