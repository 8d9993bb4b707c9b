"""The report: every number of one window and one model version."""

from typing import Literal

from pydantic import Field

from contracts.base import SCHEMA_VERSION, Contract, ModelVersion, UtcTime
from contracts.findings import (
    Attributions,
    BeforeLabels,
    ColumnReport,
    FairnessGap,
    Joint,
    Performance,
    Quality,
    SegmentContrast,
    SegmentReport,
    Status,
    Watch,
    WeakSegment,
)
from contracts.versions import BetterVersion, VersionComparison
from contracts.window import Window


class Volume(Contract):
    """How many of what the window holds."""

    predictions: int
    rides: int
    """Distinct ride ids, hour by hour."""
    labelled: int
    rejections: int
    fallbacks: int
    flagged: dict[str, int] = Field(default_factory=dict)


class EvidentlyPart(Contract):
    """The report that people read: where it lies, or why it is not there."""

    status: Status
    note: str = ""
    html_key: str | None = None
    json_key: str | None = None
    rows: int = 0
    reference_rows: int = 0


class LedgerEntry(Contract):
    """What one revision of the report knew."""

    revision: int
    as_of: UtcTime
    predictions: int
    labelled: int
    mae: float | None = None


class Report(Contract):
    """The report document: collection `reports`, and S3 `reports/<id>/r<revision>/report.json`."""

    schema_version: Literal[1] = SCHEMA_VERSION
    report_id: str
    revision: int
    model_version: ModelVersion
    window: Window
    judged_window: Window | None = None
    """What drift, quality and performance are of: the window itself, or, where it holds too few rows, the window and
    as much before it as was needed; None where nothing is judged."""
    status: Literal["complete", "too_few", "failed"]
    """complete: every part was computed, or says in its place why not."""
    as_of: UtcTime
    """Read before the rows were: what arrives later belongs to the next revision."""
    generated_at: UtcTime
    volume: Volume
    quality: Quality | None = None
    columns: tuple[ColumnReport, ...]
    joint: Joint | None = None
    performance: Performance
    before_labels: BeforeLabels | None = None
    watch: Watch | None = None
    attributions: Attributions | None = None
    compared: VersionComparison | None = None
    """The model version beside the one that was in charge before."""
    better: BetterVersion | None = None
    """The version that should have answered; None where this one should."""
    segments: tuple[SegmentReport, ...] = ()
    weak_segments: tuple[WeakSegment, ...] = ()
    fairness: tuple[FairnessGap, ...] = ()
    contrasts: tuple[SegmentContrast, ...] = ()
    evidently: EvidentlyPart
    ledger: tuple[LedgerEntry, ...] = ()
    """Every revision of this report so far, oldest first, this one last."""
    sentences: tuple[str, ...] = ()
    """What a person should know first, at most three."""
    changes: tuple[str, ...] = ()
    """What changed since the window before, at most three sentences."""

    @property
    def drifted(self) -> tuple[str, ...]:
        """The names of the columns that moved."""
        return tuple(column.name for column in self.columns if column.drifted)


def report_id(model_version: str, window: Window) -> str:
    """Name the report of a model version and a window; safe in URLs and object keys."""
    stamp = "%Y%m%dT%H%M"
    return f"{window.start:{stamp}}-{window.end:{stamp}}-{model_version}"
