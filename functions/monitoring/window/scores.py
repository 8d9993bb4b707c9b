"""The scores of one column in one slice, and the verdicts of all columns together."""

from collections.abc import Sequence
from typing import Any, TypeVar

from contracts.findings import Scores
from contracts.profile import Column, NumericColumn
from monitoring.numeric.clustered import clustered_psi
from monitoring.numeric.drift import LEAST_SCORED, jensen_shannon, total_variation
from monitoring.numeric.grouping import Groups, merged, scoring_groups
from monitoring.numeric.multiplicity import benjamini_yekutieli
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.moments import distance, mean
from monitoring.profiles.verdicts import verdict_of

LEVEL = 0.05
"""The share of false alarms among all columns that a report says have drifted, at most."""

Numbers = dict[str, Any]
Scored = TypeVar("Scored", bound=Scores)


def scores_of(comparison: Comparison, column: Column, *, weeks: bool) -> Numbers:
    """Score a column, or say why not; `weeks`: the rows are of whole weeks."""
    now, known = comparison.bins(column)
    groups = _groups(comparison, column)
    verdict = verdict_of(column, (now, known), groups, comparison.least, weeks=weeks)
    note = verdict.note if verdict.status != "ok" else f"{verdict.note} {_caveat(comparison, column)}".strip()
    found = {"status": verdict.status, "note": note, "rows": int(now.present + now.missing)}
    scored = _scored(comparison, column, groups) if verdict.status == "ok" else {}
    return found | _means(comparison, column) | scored


def decided(reports: Sequence[Scored]) -> tuple[Scored, ...]:
    """Decide which columns drifted, by p-values adjusted for all that were judged."""
    judged = [report.p_value for report in reports if report.p_value is not None]
    adjusted = iter(benjamini_yekutieli(judged).tolist())
    return tuple(report if report.p_value is None else _decided(report, next(adjusted)) for report in reports)


def _decided(report: Scored, p_value: float) -> Scored:
    return report.model_copy(update={"p_value": p_value, "drifted": p_value <= LEVEL})


def _caveat(comparison: Comparison, column: Column) -> str:
    worth = comparison.worth(column).now
    few = f"Its values are worth {worth:.0f} independent ones: of so few only a large drift shows."
    return few if worth < LEAST_SCORED else ""


def _groups(comparison: Comparison, column: Column) -> Groups:
    now, known = comparison.bins(column)
    return scoring_groups(column, now.known, known.known, *comparison.worth(column))


def _scored(comparison: Comparison, column: Column, groups: Groups) -> Numbers:
    sides = comparison.sides(column.name)
    left, right = (merged(bins.known, groups) for bins in comparison.bins(column))
    index = clustered_psi(*comparison.samples(column), comparison.history(column), groups)
    return {
        "psi": index.observed,
        "psi_corrected": index.corrected,
        "psi_lower": index.lower,
        "p_value": index.p_value,
        "jensen_shannon": jensen_shannon(left, right),
        "total_variation": total_variation(left, right),
        "wasserstein": distance(*sides) if isinstance(column, NumericColumn) else None,
    }


def _means(comparison: Comparison, column: Column) -> Numbers:
    if not isinstance(column, NumericColumn):
        return {}
    now, reference = comparison.sides(column.name)
    return {"mean": mean(now), "mean_reference": mean(reference)}
