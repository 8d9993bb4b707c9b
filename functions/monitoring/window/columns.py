"""The columns of a window against the reference: counted, scored, judged, ranked by what their drift does."""

from typing import Any

from contracts.findings import ColumnReport
from contracts.profile import CategoricalColumn, Column
from monitoring.numeric.drift import DRIFT_BOUND
from monitoring.numeric.values import Floats
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.histograms import histogram
from monitoring.profiles.layout import Bins
from monitoring.profiles.moments import is_constant
from monitoring.profiles.verdicts import OUTCOMES, is_cyclic
from monitoring.window.effect import effect_of
from monitoring.window.scores import decided, scores_of

Numbers = dict[str, Any]


def column_reports(window: Comparison, weeks: Comparison | None) -> tuple[ColumnReport, ...]:
    """Judge every column; those that repeat every day or week by whole weeks, if there are."""
    columns = [
        column for column in window.reference.spec.columns if column.role == "error" or column.role not in OUTCOMES
    ]
    return decided([column_report(column, window, weeks) for column in columns])


def column_report(column: Column, window: Comparison, weeks: Comparison | None) -> ColumnReport:
    """Judge one column by itself: its p-value is not adjusted yet."""
    comparison = weeks if weeks and is_cyclic(column) else window
    now, known = comparison.bins(column)
    sides = comparison.sides(column.name)
    return ColumnReport(
        name=column.name,
        role=column.role,
        kind=column.kind,
        invalid=sides.now.invalid,
        threshold=DRIFT_BOUND,
        constant=is_constant(*sides),
        effective_rows=comparison.worth(column).now,
        histogram=histogram(column, now, known),
        **_counted(now, known),
        **_described(column),
        **scores_of(comparison, column, weeks=weeks is not None),
        **_effect(column, comparison),
    )


def _counted(now: Bins, reference: Bins) -> Numbers:
    known = reference.present + reference.missing
    counts = {name: int(getattr(now, name)) for name in ("missing", "unseen", "below", "above")}
    return counts | {"missing_reference_share": reference.missing / known if known else None}


def _described(column: Column) -> Numbers:
    return {"cycle": column.cycle} if isinstance(column, CategoricalColumn) else {"unit": column.unit}


def _effect(column: Column, comparison: Comparison) -> Numbers:
    if column.role != "feature":
        return {}
    now, known = comparison.bins(column)
    found = effect_of(now.known, known.known, _means(column, comparison))
    return {"effect": found.shift, "movement": found.movement} if found else {}


def _means(column: Column, comparison: Comparison) -> Floats:
    """Give the reference's mean prediction in each known bin."""
    cells = comparison.observed.profile.layout.columns[column.name]
    means: Floats = comparison.reference.predictions[cells]
    return means[: -1 if column.kind == "numeric" else -2]
