"""Metrics of the latest report of every model version and kind of window."""

from collections.abc import Callable, Iterator

from contracts.findings import Check, ColumnReport, Estimate, FairnessGap, SegmentReport
from contracts.report import Report
from metrics_exporter.metric import Metric, Sample
from metrics_exporter.view import View

SECONDS_PER_MINUTE = 60.0
OF_REPORT = ("model_version", "window")
OF_COLUMN = (*OF_REPORT, "column")
OF_SEGMENT = (*OF_REPORT, "segment")
OF_CHECK = (*OF_REPORT, "check")
OF_GROUP = (*OF_REPORT, "group")

Labelled = tuple[tuple[str, ...], float | None]
"""More label values, and a number if it is known."""


def _of_report(name: str, unit: str, meaning: str, value: Callable[[Report], float | None]) -> Metric:
    return _told(name, unit, meaning, OF_REPORT, lambda report: [((), value(report))])


def _of_column(name: str, unit: str, meaning: str, value: Callable[[ColumnReport], float | None]) -> Metric:
    return _told(name, unit, meaning, OF_COLUMN, lambda report: [((c.name,), value(c)) for c in report.columns])


def _of_segment(name: str, unit: str, meaning: str, value: Callable[[SegmentReport], float | None]) -> Metric:
    def values(report: Report) -> list[Labelled]:
        return [((f"{one.family}: {one.label}",), value(one)) for one in report.segments]

    return _told(name, unit, meaning, OF_SEGMENT, values)


def _of_check(name: str, unit: str, meaning: str, value: Callable[[Check], float | None]) -> Metric:
    def values(report: Report) -> list[Labelled]:
        checks = (*report.quality.checks, report.quality.duplicates) if report.quality else ()
        return [((check.name,), value(check)) for check in checks]

    return _told(name, unit, meaning, OF_CHECK, values)


def _of_gap(name: str, unit: str, scale: float, meaning: str, measure: str) -> Metric:
    def values(report: Report) -> list[Labelled]:
        return [((_group(gap),), gap.gap.value * scale) for gap in report.fairness if gap.measure == measure]

    return _told(f"fairness_{name}", unit, meaning, OF_GROUP, values)


def _group(gap: FairnessGap) -> str:
    return f"{gap.family}: {gap.group}"


def _flagged(report: Report) -> list[Labelled]:
    return [((_group(gap), gap.measure), float(gap.flagged)) for gap in report.fairness]


def _told(
    name: str, unit: str, meaning: str, labels: tuple[str, ...], values: Callable[[Report], list[Labelled]]
) -> Metric:
    def samples(view: View, _now: float) -> Iterator[Sample]:
        for report in view.reports.state.value or ():
            for more, number in values(report):
                if number is not None:
                    yield (report.model_version, report.window.kind, *more), number

    return Metric(f"ridewatch_report_{name}", "gauge", f"Latest report: {meaning}", unit, labels, samples)


def _estimate(
    name: str, unit: str, scale: float, meaning: str, told: Callable[[Report], Estimate | None]
) -> list[Metric]:
    """Tell an estimate by four gauges: the value, both ends of its 95 % interval, and the reference's."""

    def part(field: str) -> Callable[[Report], float | None]:
        def value(report: Report) -> float | None:
            number = getattr(told(report), field, None)
            return None if number is None else number * scale

        return value

    parts = {"": "value", "_low": "low", "_high": "high", "_reference": "reference"}
    said = {
        "": "",
        "_low": " Lower end of its 95 % interval.",
        "_high": " Upper end.",
        "_reference": " The reference's.",
    }
    return [_of_report(f"{name}{end}_{unit}", unit, meaning + said[end], part(field)) for end, field in parts.items()]


def _performance(field: str, unit: str, scale: float, meaning: str) -> list[Metric]:
    return _estimate(field, unit, scale, meaning, lambda report: getattr(report.performance, field))


def _seconds(told: Estimate | None) -> float | None:
    return None if told is None else told.value * SECONDS_PER_MINUTE


def _foreseen(report: Report) -> Estimate | None:
    return report.before_labels.estimated if report.before_labels else None


def _kept_intervals(report: Report) -> Estimate | None:
    return report.before_labels.coverage if report.before_labels else None


def _auc(report: Report) -> Estimate | None:
    return report.joint.auc if report.joint else None


TIMES = (
    _of_report(
        "window_start_timestamp_seconds",
        "Unix seconds",
        "beginning of its window, in event time.",
        lambda r: r.window.start.timestamp(),
    ),
    _of_report(
        "window_end_timestamp_seconds",
        "Unix seconds",
        "end of its window, in event time.",
        lambda r: r.window.end.timestamp(),
    ),
    _of_report(
        "as_of_timestamp_seconds", "Unix seconds", "what arrived later is not in it.", lambda r: r.as_of.timestamp()
    ),
    _of_report(
        "generated_timestamp_seconds", "Unix seconds", "when it was generated.", lambda r: r.generated_at.timestamp()
    ),
    _of_report("revision", "", "its revision; late data make new ones.", lambda r: r.revision),
    _of_report("complete", "0 or 1", "whether its status is `complete`.", lambda r: float(r.status == "complete")),
    _of_report("failed", "0 or 1", "whether its status is `failed`.", lambda r: float(r.status == "failed")),
)

AMOUNTS = (
    _of_report("rows", "predictions", "predictions of its window.", lambda r: r.volume.predictions),
    _of_report("labelled", "predictions", "predictions of its window with an actual.", lambda r: r.volume.labelled),
    _of_report("fallbacks", "predictions", "predictions that the fallback answered.", lambda r: r.volume.fallbacks),
    _of_report("rejections", "requests", "requests rejected while the window lasted.", lambda r: r.volume.rejections),
    _of_report("coverage_ratio", "share", "labelled share of its predictions.", lambda r: r.performance.coverage),
    _of_report("provisional", "0 or 1", "more labels are to be expected.", lambda r: float(r.performance.provisional)),
    _of_report("drifted_columns", "columns", "columns that drifted.", lambda r: len(r.drifted)),
)

PERFORMANCE = (
    *_performance("mae", "seconds", SECONDS_PER_MINUTE, "mean absolute error."),
    *_performance("rmse", "seconds", SECONDS_PER_MINUTE, "root of the mean squared error."),
    *_performance("bias", "seconds", SECONDS_PER_MINUTE, "mean error; positive: answers too long."),
    *_performance("p90", "seconds", SECONDS_PER_MINUTE, "nine in ten answers are wrong by at most this."),
    *_performance("naive_mae", "seconds", SECONDS_PER_MINUTE, "mean absolute error of the fallback on the same rides."),
    *_performance("mape", "ratio", 1, "mean of |error| / actual."),
    *_performance("skill", "ratio", 1, "1 − MAE / the fallback's MAE: 1 is perfect, 0 no better than the fallback."),
    *_estimate(
        "estimated_mae", "seconds", SECONDS_PER_MINUTE, "mean |error| that was expected before any label.", _foreseen
    ),
    *_estimate("interval_coverage", "ratio", 1, "share of actuals within the interval told.", _kept_intervals),
    *_estimate("joint_auc", "ratio", 1, "how well rows of now and of the reference are told apart; 0.5: not.", _auc),
)

COLUMNS = (
    _of_column("psi", "nats", "population stability index of a column, as observed.", lambda c: c.psi),
    _of_column(
        "psi_corrected", "nats", "the same, less what samples of this size show by chance.", lambda c: c.psi_corrected
    ),
    _of_column("psi_lower", "nats", "lower end of its one-sided 95 % interval.", lambda c: c.psi_lower),
    _of_column(
        "psi_threshold", "nats", "the PSI up to which a shift is of no practical weight.", lambda c: c.threshold
    ),
    _of_column("p_value", "share", "of a PSI up to the threshold, adjusted for all columns.", lambda c: c.p_value),
    _of_column("total_variation", "share", "rows that would have to move to another bin.", lambda c: c.total_variation),
    _of_column("missing", "predictions", "rows without a usable value in a column.", lambda c: c.missing),
    _of_column("unseen", "predictions", "rows with a label that the reference never held.", lambda c: c.unseen),
    _of_column(
        "column_drifted",
        "0 or 1",
        "whether a column drifted; absent where not judged.",
        lambda c: None if c.drifted is None else float(c.drifted),
    ),
)

SEGMENTS = (
    _of_segment("segment_rows", "predictions", "predictions of a segment.", lambda s: s.rows),
    _of_segment("segment_mae_seconds", "seconds", "a segment's MAE.", lambda s: _seconds(s.performance.mae)),
    _of_segment("segment_bias_seconds", "seconds", "a segment's mean error.", lambda s: _seconds(s.performance.bias)),
)

FAIRNESS = (
    _of_gap("lean_seconds", "seconds", SECONDS_PER_MINUTE, "mean error of a group, less that of all.", "lean"),
    _of_gap("mae_ratio", "ratio", 1, "MAE of a group, as a multiple of that of all.", "mae_ratio"),
    _of_gap("coverage_ratio", "share", 1, "share of a group within its intervals, less that of all.", "coverage"),
    _of_gap("fallback_ratio", "share", 1, "share of a group that the fallback answered, less that of all.", "fallback"),
    _told(
        "fairness_flagged",
        "0 or 1",
        "whether a gap is both significant and large enough to matter.",
        (*OF_GROUP, "measure"),
        _flagged,
    ),
)

CHECKS = (
    _of_check("check_broken", "predictions", "rows that break a rule that sound rows keep.", lambda c: c.broken),
    _of_check("check_rows", "predictions", "rows that could be checked.", lambda c: c.rows),
)

REPORTS = (*TIMES, *AMOUNTS, *PERFORMANCE, *COLUMNS, *SEGMENTS, *FAIRNESS, *CHECKS)
