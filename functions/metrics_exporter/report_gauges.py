"""How a number of the latest report becomes a gauge: of all, or of each column, segment, check or group."""

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


def of_report(name: str, unit: str, meaning: str, value: Callable[[Report], float | None]) -> Metric:
    """Tell one number of every report."""
    return told(name, unit, meaning, OF_REPORT, lambda report: [((), value(report))])


def of_column(name: str, unit: str, meaning: str, value: Callable[[ColumnReport], float | None]) -> Metric:
    """Tell a number of each column."""
    return told(name, unit, meaning, OF_COLUMN, lambda report: [((c.name,), value(c)) for c in report.columns])


def of_segment(name: str, unit: str, meaning: str, value: Callable[[SegmentReport], float | None]) -> Metric:
    """Tell a number of each segment."""

    def values(report: Report) -> list[Labelled]:
        return [((f"{one.family}: {one.label}",), value(one)) for one in report.segments]

    return told(name, unit, meaning, OF_SEGMENT, values)


def of_check(name: str, unit: str, meaning: str, value: Callable[[Check], float | None]) -> Metric:
    """Tell a number of each check."""

    def values(report: Report) -> list[Labelled]:
        checks = (*report.quality.checks, report.quality.duplicates) if report.quality else ()
        return [((check.name,), value(check)) for check in checks]

    return told(name, unit, meaning, OF_CHECK, values)


def of_gap(name: str, unit: str, scale: float, meaning: str, measure: str) -> Metric:
    """Tell the gaps of the groups that should be served alike, in one measure."""

    def values(report: Report) -> list[Labelled]:
        return [((group(gap),), gap.gap.value * scale) for gap in report.fairness if gap.measure == measure]

    return told(f"fairness_{name}", unit, meaning, OF_GROUP, values)


def group(gap: FairnessGap) -> str:
    """Name a group."""
    return f"{gap.family}: {gap.group}"


def told(
    name: str, unit: str, meaning: str, labels: tuple[str, ...], values: Callable[[Report], list[Labelled]]
) -> Metric:
    """Tell numbers under more labels; what a report does not know is absent."""

    def samples(view: View, _now: float) -> Iterator[Sample]:
        for report in view.reports.state.value or ():
            for more, number in values(report):
                if number is not None:
                    yield (report.model_version, report.window.kind, *more), number

    return Metric(f"ridewatch_report_{name}", "gauge", f"Latest report: {meaning}", unit, labels, samples)


def estimate(
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
    return [of_report(f"{name}{end}_{unit}", unit, meaning + said[end], part(field)) for end, field in parts.items()]
