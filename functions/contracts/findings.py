"""Findings: what the statistics say of a window, column by column, segment by segment."""

from typing import Literal

from contracts.base import Contract, UtcTime
from contracts.error_watch import Side
from contracts.profile import Cycle, Role
from contracts.window import Window

Status = Literal["ok", "too_few", "failed", "not_judged", "no_actuals"]


class Estimate(Contract):
    """A number with its 95 % confidence interval, beside the reference's."""

    value: float
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    """The same number of the reference, at the window's hours of the week."""


class Histogram(Contract):
    """Now against the reference, bin by bin."""

    labels: tuple[str, ...]
    now: tuple[int, ...]
    reference: tuple[float, ...]
    """Rows of the reference, reweighted to the window's hours of the week, so not whole."""


class Scores(Contract):
    """How far a column of some rows has moved from the reference, by the scores that are told of every column."""

    status: Status
    note: str = ""
    """Why it is not judged or failed, for a person."""
    rows: int = 0
    psi: float | None = None
    """As observed."""
    psi_corrected: float | None = None
    """Less what two samples of these sizes from one distribution would show."""
    psi_lower: float | None = None
    """The lower end of its one-sided 95 % confidence interval, of this column by itself."""
    p_value: float | None = None
    """Of the hypothesis that the true PSI is at most the threshold, adjusted for all columns of the report (Benjamini
    and Yekutieli 2001): the column drifted where it is at most 0.05."""
    jensen_shannon: float | None = None
    wasserstein: float | None = None
    """In reference standard deviations; numbers only."""
    total_variation: float | None = None
    mean: float | None = None
    mean_reference: float | None = None
    drifted: bool | None = None
    """None where not judged."""


class Accepted(Contract):
    """A column beside the window that a person accepted as normal for it."""

    acceptance_id: str
    window: Window
    close: bool
    """Nothing shows that the column has moved from there by more than what is of practical weight."""
    psi_corrected: float | None = None
    """Between the accepted window and now, like the scores against the reference."""
    psi_lower: float | None = None
    missing_share: float = 0.0
    """Of the accepted window."""
    unseen_share: float = 0.0


class ColumnReport(Scores):
    """One column of the window against the reference."""

    name: str
    role: Role
    kind: Literal["numeric", "categorical"]
    unit: str = ""
    cycle: Cycle = "none"
    missing: int = 0
    unseen: int = 0
    below: int = 0
    above: int = 0
    invalid: int = 0
    constant: bool = False
    """One value only, where the reference knows several."""
    missing_reference_share: float | None = None
    threshold: float | None = None
    """The PSI, in nats, up to which a shift is of no practical weight."""
    effective_rows: float | None = None
    """So many independent rows would tell as much: rows of one day resemble each other."""
    effect: float | None = None
    """Minutes by which this column's drift alone would move the mean prediction; features only."""
    movement: float | None = None
    """Minutes that its drift moves predictions by, up and down not cancelled; the columns are ranked by it."""
    histogram: Histogram | None = None
    accepted: Accepted | None = None
    """None of a column for which nothing was accepted."""

    @property
    def is_accepted(self) -> bool:
        """Tell whether it is as a person called it normal."""
        return self.accepted is not None and self.accepted.close


class SegmentColumn(Scores):
    """One column within a segment."""

    name: str
    missing: int = 0
    unseen: int = 0


class Check(Contract):
    """How often a row breaks a rule that sound rows keep."""

    name: str
    meaning: str
    """What is counted, for a person."""
    status: Status
    broken: int = 0
    rows: int = 0
    """Rows that could be checked: some rules need the actual."""
    share: Estimate | None = None


class RejectionCount(Contract):
    """Requests that were refused for one reason."""

    field: str
    reason: str
    count: int


class Rhythm(Contract):
    """The window's volume against the same hours of the weeks before."""

    status: Status
    note: str = ""
    weeks: int = 0
    """Earlier weeks that could be compared with."""
    rows: int = 0
    expected: Estimate | None = None
    """Rows to be expected, with a 95 % prediction interval."""
    silent_hours: int = 0
    """Hours without a row that held at least five on average in the weeks before."""
    unusual: bool | None = None
    """None where not judged."""


class Quality(Contract):
    """Whether the data of a window are sound."""

    rejection_share: Estimate | None = None
    """Of all rides asked about while the window lasted."""
    rejections: tuple[RejectionCount, ...] = ()
    duplicates: Check
    checks: tuple[Check, ...] = ()
    constant: tuple[str, ...] = ()
    """Columns of one value only."""
    rhythm: Rhythm
    newest_event: UtcTime | None = None
    """The latest pickup in the window."""
    newest_stored: UtcTime | None = None
    """When the last of the window's rows was stored, by the server's clock."""
    stray_rows: int = 0
    """Rows stored since the window began whose date lies before the training window or in the future."""


class Likeness(Contract):
    """How far the labelled rows of a window are from its unlabelled ones, in one column."""

    name: str
    psi_corrected: float | None = None
    psi_lower: float | None = None
    p_value: float | None = None
    differs: bool | None = None


class Performance(Contract):
    """Errors of the labelled rides, in minutes unless said, beside the reference's (out of sample)."""

    status: Status
    note: str = ""
    labelled: int = 0
    coverage: float = 0.0
    """Labelled share of the window's predictions."""
    judged: int = 0
    """Labelled rides whose actual is of the durations that the model is judged on; the errors are theirs."""
    provisional: bool = False
    """More labels are to be expected: the window is younger than labels usually are."""
    mature_at: UtcTime | None = None
    label_delay: float | None = None
    """Mean hours from the storing of a prediction to that of its first label."""
    mae: Estimate | None = None
    rmse: Estimate | None = None
    bias: Estimate | None = None
    """Mean of prediction − actual: positive means answers too long."""
    mape: Estimate | None = None
    """Mean of |error| / actual, as a share."""
    p90: Estimate | None = None
    """Nine in ten answers are wrong by at most this."""
    naive_mae: Estimate | None = None
    """The fallback's answers to the same rides."""
    skill: Estimate | None = None
    """1 − MAE / the fallback's MAE on the same rides: 1 is perfect, 0 no better than the fallback."""
    worse: bool | None = None
    """Whether the MAE's interval lies above the reference's value by more than what matters."""
    likeness: tuple[Likeness, ...] = ()
    """Labelled rides beside unlabelled ones: labels that arrive are not a fair sample."""


class SegmentReport(Contract):
    """One segment of the window: every number that its rows can bear."""

    family: str
    label: str
    status: Status
    note: str = ""
    rows: int
    share: float
    share_reference: float | None = None
    checks: tuple[Check, ...] = ()
    columns: tuple[SegmentColumn, ...] = ()
    performance: Performance


class FeatureWeight(Contract):
    """How much of a classifier's power one column carries."""

    name: str
    weight: float


class Joint(Contract):
    """Whether rows of now and of the reference can be told apart at all: a domain classifier."""

    status: Status
    note: str = ""
    auc: Estimate | None = None
    """0.5 when nobody could tell, 1 when everybody could."""
    threshold: float | None = None
    drifted: bool | None = None
    features: tuple[FeatureWeight, ...] = ()
    """By which columns it tells them apart, the most useful first."""


class BeforeLabels(Contract):
    """What could be known before any label, and, once labels are there, how good it was and why errors changed."""

    status: Status
    note: str = ""
    estimated: Estimate | None = None
    """The mean |error| that was expected of all predictions of the window, in minutes."""
    foreseen: Estimate | None = None
    """The same of those whose error is known by now."""
    change: Estimate | None = None
    """Of the MAE against the reference, in minutes: covariate + concept."""
    covariate: Estimate | None = None
    """The part that was expected: the inputs got harder."""
    concept: Estimate | None = None
    """The part that was not: the same inputs are answered worse."""
    cause: Literal["covariate", "concept", "both", "neither"] | None = None
    side: Side | None = None
    """To which side answers lean more than the reference's did."""
    miss: float | None = None
    """Foreseen less measured, as a share of the measured MAE."""
    constant_miss: float | None = None
    """The same of expecting the reference's MAE."""
    coverage: Estimate | None = None
    """Share of actuals within the interval of their prediction."""


class Watch(Contract):
    """The watch over errors as actuals arrive: whether, and since when, answers are more wrong than is tolerated."""

    status: Status
    note: str = ""
    rows: int = 0
    """Errors seen."""
    blocks: int = 0
    is_open: bool = False
    side: Side | None = None
    began: UtcTime | None = None
    """When the change began, in event time, as far as the errors tell."""
    opened_at: UtcTime | None = None
    opened_after: int | None = None
    """Errors that had been seen when it opened."""
    cause: Literal["covariate", "concept", "both", "neither"] | None = None
    """Why errors changed, of the rides since it began, of the last week's at most."""
    estimated: Estimate | None = None
    """The mean |error| that was to be expected of them, before any label."""


class WeakSegment(Contract):
    """A slice of rows, found by itself, whose answers are worse than is to be expected there."""

    segment_id: str
    side: Side
    rows: int
    excess: Estimate
    """Minutes of loss over what is expected, in the half of the rows that did not choose the slice."""
    expected: float
    """The mean |error| that is expected there."""
    p_value: float


class SegmentContrast(Contract):
    """One segment beside all other rows, in how a measure has changed since the reference; of whole weeks."""

    segment_id: str
    family: str
    label: str
    column: str
    """The measure."""
    of: str
    """The feature that it is of."""
    unit: str = ""
    rows: int
    change: Estimate
    """The segment's change less that of all other rows: what moves all alike cancels."""
    own: float
    others: float
    p_value: float
    """Of the hypothesis that they differ by no more than what matters, adjusted for all that the report tests
    (Benjamini and Yekutieli 2001)."""
    moved: bool
    """They differ, and it is the segment that has moved."""


class FairnessGap(Contract):
    """One group beside all rows, in one measure."""

    family: str
    group: str
    measure: Literal["lean", "mae_ratio", "coverage", "fallback"]
    rows: int
    gap: Estimate
    """A difference, the group less all; of mae_ratio the group's MAE as a multiple of that of all."""
    shrunk: float
    """The same, drawn towards no gap as far as it is unsure."""
    p_value: float
    flagged: bool


class Attribution(Contract):
    """How many minutes a group of features brings to an answer, on average, up and down alike."""

    name: str
    size: Estimate


class Attributions(Contract):
    """What the model goes by, beside what it went by at training; of the answers that are explained."""

    status: Status
    note: str = ""
    rows: int = 0
    groups: tuple[Attribution, ...] = ()
    """The weightiest first."""
    agreement: float | None = None
    """How much the order of the groups is the reference's: nDCG, 1 for the same order."""
