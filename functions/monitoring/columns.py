"""One column of a window against the reference: counted, scored, judged."""

from typing import Any

from contracts.profile import Column, ColumnCounts, NumericColumn, Profile, ProfileSpec
from contracts.report import ColumnReport
from monitoring.drift import jensen_shannon, psi, total_variation
from monitoring.grouping import merged, scoring_groups
from monitoring.histograms import histogram
from monitoring.layout import Bins, bins_of
from monitoring.moments import distance, mean
from monitoring.verdicts import is_cyclic, verdict_of

DRIFT_BOUND = 0.1
"""Of PSI, in nats: a smaller shift is of no practical weight (docs/decisions/drift-bound.md)."""

Numbers = dict[str, Any]


def column_reports(
    now: Profile, whole_weeks: Profile | None, reference: Profile, least: int
) -> tuple[ColumnReport, ...]:
    """Judge every column; those that repeat every day or week by the rows of the window's whole weeks, if there are."""
    return tuple(
        column_report(column, _counts(column, now, whole_weeks), reference, least, weeks=whole_weeks is not None)
        for column in now.spec.columns
    )


def cyclic(spec: ProfileSpec) -> ProfileSpec:
    """Give the part of a spec that is judged on whole weeks only."""
    return ProfileSpec(columns=tuple(column for column in spec.columns if is_cyclic(column)))


def column_report(column: Column, counts: ColumnCounts, reference: Profile, least: int, *, weeks: bool) -> ColumnReport:
    """Judge one column on at least `least` values; `weeks`: the counts are of whole weeks."""
    known = reference.columns[column.name]
    verdict = verdict_of(column, counts, known, least, weeks=weeks)
    scores = _scores(column, counts, known) if verdict.status == "ok" else {}
    return ColumnReport(
        name=column.name,
        role=column.role,
        kind=column.kind,
        status=verdict.status,
        note=verdict.note,
        invalid=counts.invalid,
        histogram=histogram(column, counts, known),
        **_counted(bins_of(column, counts), bins_of(column, known)),
        **_described(column, counts, known),
        **scores,
    )


def _counts(column: Column, now: Profile, whole_weeks: Profile | None) -> ColumnCounts:
    if is_cyclic(column) and whole_weeks is not None:
        return whole_weeks.columns[column.name]
    return now.columns[column.name]


def _counted(now: Bins, reference: Bins) -> Numbers:
    known = reference.present + reference.missing
    return {
        "rows": now.present + now.missing,
        "missing": now.missing,
        "unseen": now.unseen,
        "below": now.below,
        "above": now.above,
        "missing_reference_share": reference.missing / known if known else None,
    }


def _described(column: Column, now: ColumnCounts, reference: ColumnCounts) -> Numbers:
    if isinstance(column, NumericColumn):
        means = {"mean": mean(column, now), "mean_reference": mean(column, reference)}
        return {"unit": column.unit, **means}
    return {"cycle": column.cycle}


def _scores(column: Column, now: ColumnCounts, reference: ColumnCounts) -> Numbers:
    all_bins = bins_of(column, now).known, bins_of(column, reference).known
    groups = scoring_groups(column, *all_bins)
    left, right = (merged(bins, groups) for bins in all_bins)
    index = psi(left, right)
    return {
        "psi": index.observed,
        "psi_corrected": index.corrected,
        "psi_lower": index.lower,
        "jensen_shannon": jensen_shannon(left, right),
        "total_variation": total_variation(left, right),
        "wasserstein": distance(column, now, reference) if isinstance(column, NumericColumn) else None,
        "threshold": DRIFT_BOUND,
        "drifted": index.lower > DRIFT_BOUND,
    }
