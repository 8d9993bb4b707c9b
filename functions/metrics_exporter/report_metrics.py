"""Metrics of the latest report of every model version and kind of window."""

from contracts.findings import Estimate
from contracts.report import Report
from metrics_exporter.metric import Metric
from metrics_exporter.report_gauges import (
    OF_GROUP,
    SECONDS_PER_MINUTE,
    Labelled,
    estimate,
    group,
    of_check,
    of_column,
    of_gap,
    of_report,
    of_segment,
    told,
)


def _flagged(report: Report) -> list[Labelled]:
    return [((group(gap), gap.measure), float(gap.flagged)) for gap in report.fairness]


def _seconds(minutes: Estimate | None) -> float | None:
    return None if minutes is None else minutes.value * SECONDS_PER_MINUTE


def _foreseen(report: Report) -> Estimate | None:
    return report.before_labels.estimated if report.before_labels else None


def _kept_intervals(report: Report) -> Estimate | None:
    return report.before_labels.coverage if report.before_labels else None


def _auc(report: Report) -> Estimate | None:
    return report.joint.auc if report.joint else None


def _performance(field: str, unit: str, scale: float, meaning: str) -> list[Metric]:
    return estimate(field, unit, scale, meaning, lambda report: getattr(report.performance, field))


TIMES = (
    of_report(
        "window_start_timestamp_seconds",
        "Unix seconds",
        "beginning of its window, in event time.",
        lambda r: r.window.start.timestamp(),
    ),
    of_report(
        "window_end_timestamp_seconds",
        "Unix seconds",
        "end of its window, in event time.",
        lambda r: r.window.end.timestamp(),
    ),
    of_report(
        "as_of_timestamp_seconds", "Unix seconds", "what arrived later is not in it.", lambda r: r.as_of.timestamp()
    ),
    of_report(
        "generated_timestamp_seconds", "Unix seconds", "when it was generated.", lambda r: r.generated_at.timestamp()
    ),
    of_report("revision", "", "its revision; late data make new ones.", lambda r: r.revision),
    of_report("complete", "0 or 1", "whether its status is `complete`.", lambda r: float(r.status == "complete")),
    of_report("failed", "0 or 1", "whether its status is `failed`.", lambda r: float(r.status == "failed")),
)

AMOUNTS = (
    of_report("rows", "predictions", "predictions of its window.", lambda r: r.volume.predictions),
    of_report("labelled", "predictions", "predictions of its window with an actual.", lambda r: r.volume.labelled),
    of_report("fallbacks", "predictions", "predictions that the fallback answered.", lambda r: r.volume.fallbacks),
    of_report("rejections", "requests", "requests rejected while the window lasted.", lambda r: r.volume.rejections),
    of_report("coverage_ratio", "share", "labelled share of its predictions.", lambda r: r.performance.coverage),
    of_report("provisional", "0 or 1", "more labels are to be expected.", lambda r: float(r.performance.provisional)),
    of_report("drifted_columns", "columns", "columns that drifted.", lambda r: len(r.drifted)),
)

PERFORMANCE = (
    *_performance("mae", "seconds", SECONDS_PER_MINUTE, "mean absolute error."),
    *_performance("rmse", "seconds", SECONDS_PER_MINUTE, "root of the mean squared error."),
    *_performance("bias", "seconds", SECONDS_PER_MINUTE, "mean error; positive: answers too long."),
    *_performance("p90", "seconds", SECONDS_PER_MINUTE, "nine in ten answers are wrong by at most this."),
    *_performance("naive_mae", "seconds", SECONDS_PER_MINUTE, "mean absolute error of the fallback on the same rides."),
    *_performance("mape", "ratio", 1, "mean of |error| / actual."),
    *_performance("skill", "ratio", 1, "1 − MAE / the fallback's MAE: 1 is perfect, 0 no better than the fallback."),
    *estimate(
        "estimated_mae", "seconds", SECONDS_PER_MINUTE, "mean |error| that was expected before any label.", _foreseen
    ),
    *estimate("interval_coverage", "ratio", 1, "share of actuals within the interval told.", _kept_intervals),
    *estimate("joint_auc", "ratio", 1, "how well rows of now and of the reference are told apart; 0.5: not.", _auc),
)

COLUMNS = (
    of_column("psi", "nats", "population stability index of a column, as observed.", lambda c: c.psi),
    of_column(
        "psi_corrected", "nats", "the same, less what samples of this size show by chance.", lambda c: c.psi_corrected
    ),
    of_column("psi_lower", "nats", "lower end of its one-sided 95 % interval.", lambda c: c.psi_lower),
    of_column("psi_threshold", "nats", "the PSI up to which a shift is of no practical weight.", lambda c: c.threshold),
    of_column("p_value", "share", "of a PSI up to the threshold, adjusted for all columns.", lambda c: c.p_value),
    of_column("total_variation", "share", "rows that would have to move to another bin.", lambda c: c.total_variation),
    of_column("missing", "predictions", "rows without a usable value in a column.", lambda c: c.missing),
    of_column("unseen", "predictions", "rows with a label that the reference never held.", lambda c: c.unseen),
    of_column(
        "column_drifted",
        "0 or 1",
        "whether a column drifted; absent where not judged.",
        lambda c: None if c.drifted is None else float(c.drifted),
    ),
)

SEGMENTS = (
    of_segment("segment_rows", "predictions", "predictions of a segment.", lambda s: s.rows),
    of_segment("segment_mae_seconds", "seconds", "a segment's MAE.", lambda s: _seconds(s.performance.mae)),
    of_segment("segment_bias_seconds", "seconds", "a segment's mean error.", lambda s: _seconds(s.performance.bias)),
)

FAIRNESS = (
    of_gap("lean_seconds", "seconds", SECONDS_PER_MINUTE, "mean error of a group, less that of all.", "lean"),
    of_gap("mae_ratio", "ratio", 1, "MAE of a group, as a multiple of that of all.", "mae_ratio"),
    of_gap("coverage_ratio", "share", 1, "share of a group within its intervals, less that of all.", "coverage"),
    of_gap("fallback_ratio", "share", 1, "share of a group that the fallback answered, less that of all.", "fallback"),
    told(
        "fairness_flagged",
        "0 or 1",
        "whether a gap is both significant and large enough to matter.",
        (*OF_GROUP, "measure"),
        _flagged,
    ),
)

CHECKS = (
    of_check("check_broken", "predictions", "rows that break a rule that sound rows keep.", lambda c: c.broken),
    of_check("check_rows", "predictions", "rows that could be checked.", lambda c: c.rows),
)

REPORTS = (*TIMES, *AMOUNTS, *PERFORMANCE, *COLUMNS, *SEGMENTS, *FAIRNESS, *CHECKS)
