"""Whom the model is wrong for, of a sample of labelled rows: weak segments, found by themselves, and fairness."""

from collections.abc import Sequence

import numpy as np

from contracts.error_watch import Side
from contracts.findings import Estimate, FairnessGap, WeakSegment
from drift_report.baseline import Baseline
from drift_report.gaps import gaps_of
from drift_report.gathered import Gatherer
from drift_report.labelled import Labelled, labelled_of
from drift_report.rows import Standing
from monitoring.numeric.values import Floats
from monitoring.profiles.slicing import joined, slicing_columns
from monitoring.watch import losses
from monitoring.window import fairness
from monitoring.window import weak_segments as weak


def labelled_sample(gatherer: Gatherer, rows: Sequence[Standing]) -> Labelled:
    """Lay out the rows of a window that have an error."""
    zone = gatherer.parts.settings.time_zone
    days = np.array([each.row["event_time"].astimezone(zone).toordinal() for each in rows], dtype=np.intp)
    return labelled_of(
        gatherer.baseline.spec, gatherer.baseline.columns(rows), days, [each.row["_id"] for each in rows]
    )


def weak_segments(baseline: Baseline, labelled: Labelled) -> tuple[WeakSegment, ...]:
    """Find the slices whose answers are worse than is to be expected there, now and in the reference."""
    now, known = labelled.foreseen(), baseline.known.foreseen()
    if not len(now.errors) or not len(known.errors):
        return ()
    errors, expected, days = (np.concatenate(pair) for pair in zip(now[1:4], known[1:4], strict=True))
    is_now = np.arange(len(errors)) < len(now.errors)
    excess = weak.excess_of(losses.by_side(errors), _by_side(baseline, expected), is_now, days, baseline.likeness)
    columns = joined(slicing_columns(now.rows), slicing_columns(known.rows))
    choosing = np.concatenate([weak.choosing_half(now.ids), np.zeros(len(known.errors), dtype=bool)])
    return tuple(map(_weak_segment, weak.weak_segments(columns, excess, choosing)))


def fairness_gaps(baseline: Baseline, labelled: Labelled) -> tuple[FairnessGap, ...]:
    """Compare the groups that should be served alike with all rows; an answer without an interval missed none."""
    found = gaps_of(baseline.spec, labelled, baseline.likeness)
    return tuple(_gap(name, gap, baseline.gaps.get((name, gap.group, gap.measure))) for name, gap in found)


def _by_side(baseline: Baseline, expected: Floats) -> dict[Side, Floats]:
    """Part the |error| that is expected of a row into its sides, as the reference's errors are parted."""
    usual = losses.usual(baseline.reference.mean("absolute_error"), baseline.reference.mean("error"))
    return {side: expected * mean / usual["either"] for side, mean in usual.items()}


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


def _gap(family: str, gap: fairness.Gap, usual: float | None) -> FairnessGap:
    return FairnessGap(
        family=family,
        group=gap.group,
        measure=gap.measure,
        rows=gap.rows,
        gap=Estimate(value=gap.value, low=gap.low, high=gap.high, reference=usual),
        shrunk=gap.shrunk,
        p_value=gap.p_value,
        flagged=gap.flagged,
    )
