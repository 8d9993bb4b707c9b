"""A slice of a window beside the same slice of the reference, each with what its rows are worth."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from contracts.profile import Column
from monitoring.numeric.clustered import History, Sample
from monitoring.numeric.design import DAYS_A_WEEK, design_effect, freedom_of
from monitoring.profiles.layout import ALL, Bins, bins_of
from monitoring.profiles.observed import Observed
from monitoring.profiles.profile import ColumnCounts
from monitoring.profiles.reference import Expected, Reference

Place = tuple[str, str]


class Sides(NamedTuple):
    """One column, now and in the reference."""

    now: ColumnCounts
    reference: ColumnCounts


class Worth(NamedTuple):
    """How many independent rows the rows of one column are worth, now and in the reference."""

    now: float
    reference: float


class Certainty(NamedTuple):
    """What an interval needs to know beside the rows: their design effect, and the degrees of freedom."""

    deff: float
    freedom: float


@dataclass(frozen=True)
class Comparison:
    """What is observed beside what is expected, in one slice."""

    observed: Observed
    expected: Expected
    reference: Reference
    least: int
    """Below so many rows nothing is judged."""
    place: Place = ALL

    def sides(self, name: str) -> Sides:
        """Give what was counted of a column on both sides."""
        return Sides(*(profile.column(name, self.place) for profile in (self.observed.profile, self.expected.profile)))

    def bins(self, column: Column) -> tuple[Bins, Bins]:
        """Tell the bins of a column apart, on both sides."""
        if column.name not in self._bins:
            now, reference = (bins_of(column, side.counts) for side in self.sides(column.name))
            self._bins[column.name] = now, reference
        return self._bins[column.name]

    def worth(self, column: Column) -> Worth:
        """Say what the known rows of a column are worth."""
        correlation = self.reference.dependence.get(column.name, 0.0)
        return Worth(*(sample.worth(correlation) for sample in self.samples(column)))

    def samples(self, column: Column) -> tuple[Sample, Sample]:
        """Give the known bins of a column on both sides, with the rows and days that they come from."""
        if column.name not in self._samples:
            self._samples[column.name] = self._sampled(column)
        return self._samples[column.name]

    def _sampled(self, column: Column) -> tuple[Sample, Sample]:
        now, known = self.bins(column)
        share = float(known.known.sum()) / max(known.present + known.missing, 1e-9)
        return (
            Sample(now.known, float(now.known.sum()), self.observed.days),
            Sample(known.known, self.known_rows * share, self.reference.days),
        )

    def history(self, column: Column) -> History:
        """Give the reference's days by the known bins of a column."""
        cells = self.observed.profile.layout.columns[column.name]
        known = slice(cells.start, cells.start + len(self.bins(column)[0].known))
        return History(self.reference.history.days[:, known], self.reference.history.expected[:, known])

    def certainty(self, name: str, rows: float) -> Certainty:
        """Say how sure a mean or share of `rows` rows can be."""
        deff = design_effect(self.reference.dependence.get(name, 0.0), rows, self.observed.days)
        return Certainty(deff, freedom_of(deff, rows, self.reference.days - DAYS_A_WEEK))

    @cached_property
    def _bins(self) -> dict[str, tuple[Bins, Bins]]:
        return {}

    @cached_property
    def _samples(self) -> dict[str, tuple[Sample, Sample]]:
        return {}

    @property
    def rows(self) -> int:
        """Count the rows now."""
        return int(self.observed.profile.rows[self._number])

    @property
    def known_rows(self) -> float:
        """Count the equally weighted rows of the reference that would tell as much."""
        return float(self.expected.rows[self._number])

    @property
    def known_judged(self) -> float:
        """Count the equally weighted rows with an error that would tell as much of the reference's errors."""
        return float(self.expected.judged[self._number])

    @property
    def share_reference(self) -> float:
        """Give the slice's share of the reference's rows at the window's hours of the week."""
        return float(self.expected.shares[self._number])

    @cached_property
    def _number(self) -> int:
        return self.observed.profile.layout.slice_of(*self.place)

    def of(self, place: Place) -> "Comparison":
        """Give the same of another slice."""
        return Comparison(self.observed, self.expected, self.reference, self.least, place)
