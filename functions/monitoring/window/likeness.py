"""Whether labelled rows look like unlabelled ones: labels that arrive are not a fair sample."""

from dataclasses import replace

from contracts.findings import Likeness
from contracts.profile import Column
from monitoring.numeric.drift import psi
from monitoring.numeric.grouping import merged, scoring_groups
from monitoring.numeric.multiplicity import benjamini_yekutieli
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.layout import ALL, LABELLED, Bins, bins_of
from monitoring.window.scores import LEVEL

COMPARED = ("feature", "prediction")


def likeness_of(comparison: Comparison) -> tuple[Likeness, ...]:
    """Compare the labelled rows of a window with the unlabelled ones, column by column; nothing if either are few."""
    columns = [column for column in comparison.reference.spec.columns if column.role in COMPARED]
    found = [like for column in columns if (like := _likeness(comparison, column))]
    adjusted = benjamini_yekutieli([like.p_value or 0.0 for like in found]).tolist()
    return tuple(
        like.model_copy(update={"p_value": p_value, "differs": p_value <= LEVEL})
        for like, p_value in zip(found, adjusted, strict=True)
    )


def _likeness(comparison: Comparison, column: Column) -> Likeness | None:
    labelled, unlabelled = _parts(comparison, column)
    least = comparison.least
    if labelled.present < least or unlabelled.present < least:
        return None
    groups = scoring_groups(column, labelled.known, unlabelled.known)
    index = psi(merged(labelled.known, groups), merged(unlabelled.known, groups))
    return Likeness(name=column.name, psi_corrected=index.corrected, psi_lower=index.lower, p_value=index.p_value)


def _parts(comparison: Comparison, column: Column) -> tuple[Bins, Bins]:
    every, labelled = (replace(comparison, place=place).sides(column.name).now.counts for place in (ALL, LABELLED))
    return bins_of(column, labelled), bins_of(column, every - labelled)
