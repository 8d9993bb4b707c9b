"""What Evidently's default preset says of a day: the columns that its `DataDriftPreset` calls drifted."""

import re
import warnings
from collections.abc import Iterator

from ridewatch.backtest.plain import LABELS, LEAST_ROWS, Day, Table

METRIC = re.compile(r"ValueDrift\(column=(?P<column>\w+),method=(?P<method>.*),threshold=(?P<threshold>[\d.]+)\)")


def drifted_days(days: list[Day], reference: Table) -> Iterator[tuple[Day, set[str]]]:
    """Run the preset on every day with rides enough; its import takes 5 CPU seconds."""
    with warnings.catch_warnings(action="ignore"):
        import pandas as pd  # it comes with Evidently
        from evidently import DataDefinition, Dataset, Report
        from evidently.presets import DataDriftPreset

        labels = [name for name in reference if name in LABELS]
        numbers = [name for name in reference if name not in LABELS]
        definition = DataDefinition(numerical_columns=numbers, categorical_columns=labels)

        def dataset(table: Table) -> Dataset:
            return Dataset.from_pandas(pd.DataFrame({name: table[name] for name in reference}), definition)

        known = dataset(reference)
        for day in days:
            if len(next(iter(day.rows.values()))) >= LEAST_ROWS:
                found = Report([DataDriftPreset()]).run(dataset(day.rows), known)
                yield day, set(_drifted(found.dict()["metrics"]))


def _drifted(metrics: list[dict[str, object]]) -> Iterator[str]:
    """Name the columns beyond their threshold: below it where the value is a p-value, else above."""
    for metric in metrics:
        if said := METRIC.match(str(metric["metric_name"])):
            value, threshold = float(str(metric["value"])), float(said["threshold"])
            beyond = value < threshold if "p_value" in said["method"] else value >= threshold
            if beyond:
                yield said["column"]
