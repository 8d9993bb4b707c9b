"""Joint drift: whether the rows of a window and of the reference can be told apart, all columns together."""

from collections.abc import Sequence

import numpy as np

from contracts.findings import FeatureWeight, Joint
from contracts.profile import Column
from drift_report.gathered import Gatherer
from drift_report.labelled import DAY, STRATUM
from drift_report.rows import Columns, Standing
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.strata import weights_at
from monitoring.profiles.verdicts import is_cyclic
from monitoring.window.classifier import AUC_BOUND, LEAST_ROWS, Domain, Side, domain_of
from monitoring.window.performance import estimate


def joint_of(gatherer: Gatherer, comparison: Comparison, rows: Sequence[Standing], sample: Columns) -> Joint:
    """Judge the joint distribution of the features, by some rows and their columns."""
    columns = [column for column in comparison.reference.spec.columns if _is_compared(column)]
    domain = domain_of(columns, _now(gatherer, rows, sample), _reference(gatherer, comparison))
    if domain is None:
        return Joint(status="too_few", note=f"{LEAST_ROWS} rows are needed on either side.", threshold=AUC_BOUND)
    return _told(domain)


def _is_compared(column: Column) -> bool:
    return column.role == "feature" and not is_cyclic(column)


def _now(gatherer: Gatherer, rows: Sequence[Standing], sample: Columns) -> Side:
    zone = gatherer.parts.settings.time_zone
    days = [each.row["event_time"].astimezone(zone).toordinal() for each in rows]
    return Side(sample, days=np.array(days, dtype=np.int64))


def _reference(gatherer: Gatherer, comparison: Comparison) -> Side:
    sample = gatherer.baseline.sample
    weights = weights_at(comparison.reference.inputs.rows, comparison.observed.rows)[:, 0]
    days = np.array(sample[DAY], dtype=np.int64) if DAY in sample else None
    return Side(sample, weights=weights[np.array(sample[STRATUM], dtype=np.intp)], days=days)


def _told(domain: Domain) -> Joint:
    features = sorted(domain.separation.items(), key=lambda part: -part[1])
    return Joint(
        status="ok",
        auc=estimate(domain.auc, reference=0.5),
        threshold=AUC_BOUND,
        drifted=domain.auc.lower > AUC_BOUND,
        features=tuple(FeatureWeight(name=name, weight=weight) for name, weight in features),
    )
