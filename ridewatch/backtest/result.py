"""What comes of a backtest, as JSON."""

from typing import Literal

from contracts.alert_rules import RuleName, Severity
from contracts.base import SCHEMA_VERSION, Contract, ModelVersion, UtcTime

Setup = Literal["ridewatch", "fixed_psi", "column_tests", "evidently"]
"""ridewatch: these rules; the others are what is common: see plain.py and defaults.py."""


class Raised(Contract):
    """An alert as it opened."""

    severity: Severity
    rule: RuleName
    cause: str
    at: UtcTime
    """When it was told, in simulated time."""
    rides: int
    """Asked since the start of the data."""
    labelled_rides: int
    """Of which the duration had been told by then."""
    sentence: str
    subject: str = ""
    """The column, check or segment."""
    model_version: ModelVersion | None = None
    resolved_at: UtcTime | None = None
    """None: it stayed open to the end."""


class Found(Contract):
    """What one monitor, or one plain setup, made of a fault."""

    by: str
    """The monitor, or the setup."""
    found: bool
    named: bool = False
    """It pointed at what is wrong: the feature, the segment, the check, the direction of errors."""
    rides: int | None = None
    """Asked from the fault's beginning until it was told."""
    hours: float | None = None
    rule: str = ""
    subject: str = ""
    cause: str = ""
    sentence: str = ""


class Planted(Contract):
    """A fault, and who noticed it."""

    fault: str
    does: str
    begins: UtcTime
    share: float
    monitor: str
    """Who should notice."""
    named: str
    cause: str
    monitors: tuple[Found, ...]
    setups: tuple[Found, ...]
    """Ridewatch as a whole, and the plain ones."""
    alerts: tuple[Raised, ...]
    """That did not open on the same rides without the fault."""


class FalseAlarms(Contract):
    """What a setup told of the data as they were."""

    setup: Setup
    pages: int
    tickets: int
    tickets_a_month: float
    pages_a_quarter: float


class Backtest(Contract):
    """Everything."""

    schema_version: Literal[1] = SCHEMA_VERSION
    data: tuple[str, ...]
    train: tuple[str, ...]
    schedule: str
    start: UtcTime
    end: UtcTime
    rides: int
    labelled_rides: int
    days: int
    """That hold rides."""
    seconds: float
    """That the pass over the data as they were took."""
    alerts: tuple[Raised, ...]
    """Of the data as they were."""
    false_alarms: tuple[FalseAlarms, ...]
    """Where the data were quiet, these are false; where something happened in them, some are not."""
    faults: tuple[Planted, ...]
