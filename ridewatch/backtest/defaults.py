"""What Evidently's default preset says of a day: the columns that its `DataDriftPreset` calls drifted."""

import re
import warnings
from collections.abc import Iterator

import numpy as np

from ridewatch.backtest.plain import LABELS, LEAST_ROWS, Day, Table

METRIC = re.compile(r"ValueDrift\(column=(?P<column>\w+),method=(?P<method>.*),threshold=(?P<threshold>[\d.]+)\)")


def drifted_days(days: list[Day], reference: Table) -> Iterator[tuple[Day, set[str]]]:
    """Run the preset on every day with rides enough, without columns that hold no value: one would end its report."""
    for day in days:
        if len(next(iter(day.rows.values()))) >= LEAST_ROWS:
            held = [name for name in reference if not np.isnan(day.rows[name]).all()]
            yield day, set(_drifted(_metrics({name: day.rows[name] for name in held}, reference)))


def _metrics(now: Table, reference: Table) -> list[dict[str, object]]:
    """Run the preset; its import takes 5 CPU seconds."""
    with warnings.catch_warnings(action="ignore"):
        import pandas as pd  # it comes with Evidently
        from evidently import DataDefinition, Dataset, Report
        from evidently.presets import DataDriftPreset

        labels = [name for name in now if name in LABELS]
        definition = DataDefinition(
            numerical_columns=[name for name in now if name not in LABELS], categorical_columns=labels
        )
        sides = (pd.DataFrame({name: side[name] for name in now}) for side in (now, reference))
        found = Report([DataDriftPreset()]).run(*(Dataset.from_pandas(side, definition) for side in sides))
        metrics: list[dict[str, object]] = found.dict()["metrics"]
        return metrics


def _drifted(metrics: list[dict[str, object]]) -> Iterator[str]:
    """Name the columns beyond their threshold: below it where the value is a p-value, else above."""
    for metric in metrics:
        if said := METRIC.match(str(metric["metric_name"])):
            value, threshold = float(str(metric["value"])), float(said["threshold"])
            beyond = value < threshold if "p_value" in said["method"] else value >= threshold
            if beyond:
                yield said["column"]
