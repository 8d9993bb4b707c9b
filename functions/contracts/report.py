"""The report: every number of one window and one model version."""

from typing import Literal

from pydantic import Field

from contracts.base import SCHEMA_VERSION, Contract, ModelVersion, UtcTime
from contracts.profile import Cycle, Role
from contracts.window import Window

Status = Literal["ok", "too_few", "failed", "not_judged", "no_actuals"]


class Histogram(Contract):
    """Now against the reference, bin by bin, as counts."""

    labels: tuple[str, ...]
    now: tuple[int, ...]
    reference: tuple[int, ...]


class ColumnReport(Contract):
    """One column of the window against the reference."""

    name: str
    role: Role
    kind: Literal["numeric", "categorical"]
    unit: str = ""
    cycle: Cycle = "none"
    status: Status
    note: str = ""
    """Why it is not judged or failed, for a person."""
    rows: int = 0
    missing: int = 0
    unseen: int = 0
    below: int = 0
    above: int = 0
    invalid: int = 0
    missing_reference_share: float | None = None
    psi: float | None = None
    """As observed."""
    psi_corrected: float | None = None
    """Less what two samples of these sizes from one distribution would show."""
    psi_lower: float | None = None
    """The lower end of its one-sided 95 % confidence interval: the column drifted where this exceeds the threshold."""
    jensen_shannon: float | None = None
    wasserstein: float | None = None
    """In reference standard deviations; numbers only."""
    total_variation: float | None = None
    mean: float | None = None
    mean_reference: float | None = None
    threshold: float | None = None
    """The bound that psi_lower is held against."""
    drifted: bool | None = None
    """None where not judged."""
    histogram: Histogram | None = None


class Performance(Contract):
    """Errors of the labelled rides, in minutes, beside the reference's (out of sample)."""

    status: Status
    note: str = ""
    labelled: int = 0
    coverage: float = 0.0
    """Labelled share of the window's predictions."""
    judged: int = 0
    """Labelled rides whose actual is of the durations that the model is judged on; the errors are theirs."""
    mae: float | None = None
    rmse: float | None = None
    bias: float | None = None
    """Mean of prediction − actual: positive means answers too long."""
    mae_reference: float | None = None
    rmse_reference: float | None = None
    bias_reference: float | None = None


class Volume(Contract):
    """How many of what the window holds."""

    predictions: int
    rides: int
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


class Report(Contract):
    """The report document: collection `reports`, and S3 `reports/<id>/r<revision>/report.json`."""

    schema_version: Literal[1] = SCHEMA_VERSION
    report_id: str
    revision: int
    model_version: ModelVersion
    window: Window
    status: Literal["complete", "too_few", "failed"]
    """complete: every part was computed, or says in its place why not."""
    as_of: UtcTime
    """Read before the rows were: what arrives later belongs to the next revision."""
    generated_at: UtcTime
    volume: Volume
    columns: tuple[ColumnReport, ...]
    performance: Performance
    evidently: EvidentlyPart
    sentences: tuple[str, ...] = ()
    """What a person should know first, at most three."""

    @property
    def drifted(self) -> tuple[str, ...]:
        """The names of the columns that moved."""
        return tuple(column.name for column in self.columns if column.drifted)


def report_id(model_version: str, window: Window) -> str:
    """Name the report of a model version and a window; safe in URLs and object keys."""
    stamp = "%Y%m%dT%H%M"
    return f"{window.start:{stamp}}-{window.end:{stamp}}-{model_version}"
