"""The list of reports as `GET /reports` answers it: what each report says in one line."""

from typing import Literal, Self

from contracts.base import Contract, ModelVersion, UtcTime
from contracts.findings import Estimate
from contracts.report import Report
from contracts.window import Window


class ReportSummary(Contract):
    """One report in one line."""

    report_id: str
    revision: int
    model_version: ModelVersion
    window: Window
    status: Literal["complete", "too_few", "failed"]
    generated_at: UtcTime
    predictions: int
    labelled: int
    drifted: tuple[str, ...]
    mae: float | None = None
    mae_low: float | None = None
    mae_high: float | None = None
    mae_reference: float | None = None
    worse: bool | None = None
    """As `performance.worse`."""

    @classmethod
    def of(cls, report: Report) -> Self:
        """Summarise a report."""
        return cls(
            report_id=report.report_id,
            revision=report.revision,
            model_version=report.model_version,
            window=report.window,
            status=report.status,
            generated_at=report.generated_at,
            predictions=report.volume.predictions,
            labelled=report.volume.labelled,
            drifted=report.drifted,
            worse=report.performance.worse,
            **mae_fields(report.performance.mae),
        )


def mae_fields(mae: Estimate | None) -> dict[str, float | None]:
    """Lay out an estimate as the fields of a summary."""
    if mae is None:
        return {}
    return {"mae": mae.value, "mae_low": mae.low, "mae_high": mae.high, "mae_reference": mae.reference}


class ReportList(Contract):
    """Reports, the newest window first."""

    reports: tuple[ReportSummary, ...]
    before: UtcTime | None = None
    """Ask again with this as `before` for older ones; None when these are all."""
