"""Metrics of every column's bins. They are many: their page is written once for each reading, by bin_page."""

from collections.abc import Callable, Iterator

from metrics_exporter.bin_series import LABELS, Series, counted, series_of
from metrics_exporter.bins import Bins
from metrics_exporter.metric import Metric, Sample
from metrics_exporter.view import View

Value = Callable[[Bins, Series], float]


def _now(bins: Bins, series: Series) -> float:
    return counted(series, bins.tally.counts)


def _reference(_bins: Bins, series: Series) -> float:
    return series.reference


def _samples(value: Value) -> Callable[[View, float], Iterator[Sample]]:
    def samples(view: View, _now: float) -> Iterator[Sample]:
        bins = view.bins.state.value or Bins()
        for version, marginals in bins.marginals.items():
            yield from ((series.labels, value(bins, series)) for series in series_of(version, marginals))

    return samples


NOW = Metric(
    "ridewatch_column_rows_total",
    "counter",
    "Rows by column and bin of the reference: features and predictions when stored, actual and error when labelled "
    "first. `group` numbers the bins that are scored together; it is empty for missing and unseen. "
    "Segments have one bin for each group.",
    "predictions",
    LABELS,
    _samples(_now),
)
REFERENCE = Metric(
    "ridewatch_reference_column_rows",
    "gauge",
    "The same of the model's reference, all hours of the week together.",
    "rides",
    LABELS,
    _samples(_reference),
)
BINNED = (NOW, REFERENCE)
