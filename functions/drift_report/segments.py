"""Whom the model is wrong for, of a sample of labelled rows: weak segments, found by themselves, and fairness."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from contracts.error_watch import Side
from contracts.findings import Estimate, FairnessGap, WeakSegment
from contracts.profile import ProfileSpec, Role
from drift_report.baseline import Baseline
from drift_report.gathered import Gatherer
from drift_report.joint import DAY
from drift_report.rows import Columns, Standing
from monitoring.numeric.values import Floats, Indices, aligned
from monitoring.profiles.counting import CodedRows, code
from monitoring.profiles.slicing import families_of, joined, slicing_columns
from monitoring.watch import losses
from monitoring.window import fairness
from monitoring.window import weak_segments as weak
from monitoring.window.gap_measures import Outcomes


class Labelled(NamedTuple):
    """Rows that have an error."""

    rows: CodedRows
    errors: Floats
    expected: Floats
    """The |error| that was expected; NaN where none was."""
    days: Indices
    """Rows of one day have one number."""
    ids: Sequence[str]

    def foreseen(self) -> "Labelled":
        """Give the rows of which an error was expected."""
        held = np.flatnonzero(~np.isnan(self.expected))
        parts = (self.errors[held], self.expected[held], self.days[held])
        return Labelled(self.rows.take(held), *parts, [self.ids[place] for place in held.tolist()])


def labelled_sample(gatherer: Gatherer, rows: Sequence[Standing]) -> Labelled:
    """Lay out the rows of a window that have an error."""
    zone = gatherer.parts.settings.time_zone
    days = np.array([each.row["event_time"].astimezone(zone).toordinal() for each in rows], dtype=np.intp)
    return _labelled(gatherer.baseline.spec, gatherer.baseline.columns(rows), days, [each.row["_id"] for each in rows])


def weak_segments(baseline: Baseline, labelled: Labelled) -> tuple[WeakSegment, ...]:
    """Find the slices whose answers are worse than is to be expected there, now and in the reference."""
    now, known = labelled.foreseen(), _reference(baseline).foreseen()
    if not len(now.errors) or not len(known.errors):
        return ()
    errors, expected, days = (np.concatenate(pair) for pair in zip(now[1:4], known[1:4], strict=True))
    is_now = np.arange(len(errors)) < len(now.errors)
    likeness = baseline.reference.dependence.get("absolute_error", 0.0)
    excess = weak.excess_of(losses.by_side(errors), _by_side(baseline, expected), is_now, days, likeness)
    columns = joined(slicing_columns(now.rows), slicing_columns(known.rows))
    choosing = np.concatenate([weak.choosing_half(now.ids), np.zeros(len(known.errors), dtype=bool)])
    return tuple(map(_weak_segment, weak.weak_segments(columns, excess, choosing)))


def fairness_gaps(baseline: Baseline, labelled: Labelled) -> tuple[FairnessGap, ...]:
    """Compare the groups that should be served alike with all rows; an answer without an interval missed none."""
    spec, rows = baseline.spec, labelled.rows
    covered = _column(spec, "covered")
    held = rows.numbers[covered] > 0 if covered else np.ones(len(rows), dtype=bool)
    missing = rows.bins[covered] == spec.column(covered).bins - 1 if covered else ~held
    fallback = [check.name for check in spec.checks if check.kind == "fallback"]
    outcomes = Outcomes(
        labelled.errors,
        held | missing,
        rows.checks[fallback[0]] > 0 if fallback else np.zeros(len(rows), dtype=bool),
        labelled.days,
        baseline.reference.dependence.get("absolute_error", 0.0),
    )
    alike = {family.name for family in spec.families if family.served_alike}
    groups = {name: coded for name, coded in families_of(rows).items() if name in alike}
    return tuple(_gap(name, gap) for name, coded in groups.items() for gap in fairness.gaps(coded, outcomes))


def _reference(baseline: Baseline) -> Labelled:
    """Lay out the reference's sample; its days have numbers below those of any window."""
    rows = len(next(iter(baseline.sample.values()), ()))
    days = -1 - np.array(baseline.sample.get(DAY, range(rows)), dtype=np.intp)
    return _labelled(baseline.spec, baseline.sample, days, [""] * rows)


def _labelled(spec: ProfileSpec, columns: Columns, days: Indices, ids: Sequence[str]) -> Labelled:
    absent = np.full(len(ids), np.nan)
    errors, expected = (aligned(columns.get(_column(spec, role), absent)) for role in ("error", "estimated_error"))
    held = np.flatnonzero(~np.isnan(errors))
    rows = code(spec, {name: columns[name] for name in columns if name in {c.name for c in spec.columns}}).take(held)
    return Labelled(rows, errors[held], expected[held], days[held], [ids[place] for place in held.tolist()])


def _by_side(baseline: Baseline, expected: Floats) -> dict[Side, Floats]:
    """Part the |error| that is expected of a row into its sides, as the reference's errors are parted."""
    usual = losses.usual(baseline.reference.mean("absolute_error"), baseline.reference.mean("error"))
    return {side: expected * mean / usual["either"] for side, mean in usual.items()}


def _column(spec: ProfileSpec, role: Role) -> str:
    return next((column.name for column in spec.columns if column.role == role), "")


def _weak_segment(found: weak.WeakSegment) -> WeakSegment:
    excess = Estimate(value=found.excess.value, low=found.excess.low, high=found.excess.high)
    return WeakSegment(
        segment_id=found.id,
        side=found.side,
        rows=found.rows,
        excess=excess,
        expected=found.expected,
        p_value=found.p_value,
    )


def _gap(family: str, gap: fairness.Gap) -> FairnessGap:
    return FairnessGap(
        family=family,
        group=gap.group,
        measure=gap.measure,
        rows=gap.rows,
        gap=Estimate(value=gap.value, low=gap.low, high=gap.high),
        shrunk=gap.shrunk,
        p_value=gap.p_value,
        flagged=gap.flagged,
    )
