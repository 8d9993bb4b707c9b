"""Metrics of the latest report of every model version and kind of window."""

from collections.abc import Callable, Iterator

from contracts.findings import ColumnReport, Estimate
from contracts.report import Report
from metrics_exporter.metric import Metric, Sample
from metrics_exporter.view import View

SECONDS_PER_MINUTE = 60.0
OF_REPORT = ("model_version", "window")
OF_COLUMN = (*OF_REPORT, "column")


def _of_report(name: str, unit: str, meaning: str, value: Callable[[Report], float | None]) -> Metric:
    def samples(view: View, _now: float) -> Iterator[Sample]:
        for report in view.reports.state.value or ():
            number = value(report)
            if number is not None:
                yield (report.model_version, report.window.kind), number

    return Metric(f"ridewatch_report_{name}", "gauge", f"Latest report: {meaning}", unit, OF_REPORT, samples)


def _of_column(name: str, unit: str, meaning: str, value: Callable[[ColumnReport], float | None]) -> Metric:
    def samples(view: View, _now: float) -> Iterator[Sample]:
        for report in view.reports.state.value or ():
            for column in report.columns:
                number = value(column)
                if number is not None:
                    yield (report.model_version, report.window.kind, column.name), number

    return Metric(f"ridewatch_report_{name}", "gauge", f"Latest report: {meaning}", unit, OF_COLUMN, samples)


def _seconds(told: Estimate | None) -> float | None:
    return None if told is None else told.value * SECONDS_PER_MINUTE


def _reference_seconds(told: Estimate | None) -> float | None:
    return None if told is None or told.reference is None else told.reference * SECONDS_PER_MINUTE


REPORTS = (
    _of_report(
        "window_end_timestamp_seconds",
        "Unix seconds",
        "end of its window, in event time.",
        lambda r: r.window.end.timestamp(),
    ),
    _of_report(
        "generated_timestamp_seconds", "Unix seconds", "when it was generated.", lambda r: r.generated_at.timestamp()
    ),
    _of_report("revision", "", "its revision; late data make new ones.", lambda r: r.revision),
    _of_report("complete", "0 or 1", "whether its status is `complete`.", lambda r: float(r.status == "complete")),
    _of_report("rows", "predictions", "predictions of its window.", lambda r: r.volume.predictions),
    _of_report("labelled", "predictions", "predictions of its window with an actual.", lambda r: r.volume.labelled),
    _of_report("coverage_ratio", "share", "labelled share of its predictions.", lambda r: r.performance.coverage),
    _of_report("drifted_columns", "columns", "columns that drifted.", lambda r: len(r.drifted)),
    _of_report("mae_seconds", "seconds", "mean absolute error.", lambda r: _seconds(r.performance.mae)),
    _of_report(
        "mae_reference_seconds",
        "seconds",
        "mean absolute error of the reference, out of sample.",
        lambda r: _reference_seconds(r.performance.mae),
    ),
    _of_report(
        "bias_seconds", "seconds", "mean error; positive: answers too long.", lambda r: _seconds(r.performance.bias)
    ),
    _of_column("psi", "nats", "population stability index of a column, as observed.", lambda c: c.psi),
    _of_column(
        "psi_corrected", "nats", "the same, less what samples of this size show by chance.", lambda c: c.psi_corrected
    ),
    _of_column("psi_threshold", "nats", "the bound that psi_corrected is held against.", lambda c: c.threshold),
    _of_column(
        "column_drifted",
        "0 or 1",
        "whether a column drifted; absent where not judged.",
        lambda c: None if c.drifted is None else float(c.drifted),
    ),
)
