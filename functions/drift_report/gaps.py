"""Gaps between groups that should be served alike and all rows, of a window or of the reference."""

from collections.abc import Iterator

import numpy as np

from contracts.profile import ProfileSpec
from drift_report.labelled import Labelled, column_of
from monitoring.profiles.slicing import families_of
from monitoring.window.fairness import Gap, gaps
from monitoring.window.gap_measures import Outcomes


def gaps_of(spec: ProfileSpec, labelled: Labelled, likeness: float) -> Iterator[tuple[str, Gap]]:
    """Compare every such group, by family; an answer without an interval missed none."""
    alike = {family.name for family in spec.families if family.served_alike}
    outcomes = _outcomes(spec, labelled, likeness)
    for name, groups in families_of(labelled.rows).items():
        if name in alike:
            yield from ((name, gap) for gap in gaps(groups, outcomes))


def _outcomes(spec: ProfileSpec, labelled: Labelled, likeness: float) -> Outcomes:
    rows, nowhere = labelled.rows, np.zeros(len(labelled.errors), dtype=bool)
    covered = column_of(spec, "covered")
    held = rows.numbers[covered] > 0 if covered else ~nowhere
    missing = rows.bins[covered] == spec.column(covered).bins - 1 if covered else nowhere
    fallback = next((check.name for check in spec.checks if check.kind == "fallback"), "")
    by_fallback = rows.checks[fallback] > 0 if fallback in rows.checks else nowhere
    return Outcomes(labelled.errors, held | missing, by_fallback, labelled.days, likeness)
