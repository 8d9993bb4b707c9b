"""Alerts: what somebody is told, when it began and ended, and what a person said to it."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from contracts.alert_rules import RuleName, Severity
from contracts.base import SCHEMA_VERSION, Contract, Identifier, ModelVersion, UtcTime
from contracts.window import Window, WindowKind

Action = Literal["opened", "updated", "resolved", "tested"]
Reason = Literal["", "clear", "replaced", "unjudged", "rule_removed"]
"""Why an alert is over. replaced: another model version answers; unjudged: for so long as rules look back nothing could
be judged, or nothing was reported; rule_removed: the rule is no more."""
Channel = Literal["topic", "bus"]
"""topic: SNS, for people; bus: EventBridge, for machines."""
Words = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
"""What a person says: why, and who it is."""


class Subject(Contract):
    """What of a model version an alert is about."""

    kind: Literal["model", "column", "check", "segment"] = "model"
    name: str = ""
    """Of the column, check or segment."""


class Evidence(Contract):
    """The numbers that an alert rests on, of one window."""

    report_id: str
    revision: int
    window: Window
    value: float
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    limit: float
    fired: int
    judged: int
    """Beyond the limit in so many (`fired`) of the last windows that could be judged (`judged`)."""
    rides: int
    labelled_rides: int


class AlertKey(Contract):
    """What tells an alert from every other that is open at a time."""

    rule: RuleName
    model_version: ModelVersion | None
    """None of what is about no model: the test alert."""
    window_kind: WindowKind
    subject: Subject


class Alert(AlertKey):
    """Something beyond a limit, from the window that showed it first until one that shows it no more."""

    schema_version: Literal[1] = SCHEMA_VERSION
    alert_id: Identifier
    """The same whenever the same rule finds the same in the same window."""
    severity: Severity
    cause: str
    state: Literal["open", "resolved"] = "open"
    at: UtcTime
    """When it opened."""
    updated_at: UtcTime
    resolved_at: UtcTime | None = None
    resolved_because: Reason = ""
    rides: int = 0
    labelled_rides: int = 0
    """Of the window that it rests on."""
    sentence: str
    next_step: str
    evidence: Evidence | None = None
    """Of the last window in which it was beyond the limit; None of a test."""
    cleared: Evidence | None = None
    """Of the window that resolved it."""
    sent_at: UtcTime | None = None
    """When the last of its transitions was about to be sent."""
    arrived_at: UtcTime | None = None
    """When a test alert came back from the topic."""

    @property
    def key(self) -> AlertKey:
        """Give what tells it from others."""
        return AlertKey(
            rule=self.rule, model_version=self.model_version, window_kind=self.window_kind, subject=self.subject
        )

    @property
    def is_test(self) -> bool:
        """Tell whether it only tests the way."""
        return self.rule == "test"


class Transition(Contract):
    """One change of an alert, as it is sent."""

    schema_version: Literal[1] = SCHEMA_VERSION
    transition_id: Identifier
    """The same however often it is found or sent."""
    action: Action
    at: UtcTime
    test: bool = False
    alert: Alert
    """As it is from then on."""


class Delivery(Contract):
    """A transition that is to be sent one way."""

    delivery_id: Identifier
    channel: Channel
    transition: Transition


class Silence(Contract):
    """Until when nobody is told what a rule finds."""

    silence_id: Identifier
    rule: RuleName
    subject: str | None = None
    """A column, check or segment; None is any."""
    until: UtcTime
    why: Words
    who: Words
    at: UtcTime

    def covers(self, key: AlertKey) -> bool:
        """Tell whether an alert is one of those that it silences."""
        return self.rule == key.rule and self.subject in {None, key.subject.name}


class Acceptance(Contract):
    """A window that a person calls normal, for a column or for all."""

    acceptance_id: Identifier
    report_id: str
    model_version: ModelVersion
    window: Window
    column: str | None = None
    """None is all columns."""
    why: Words
    who: Words
    at: UtcTime
    undone_at: UtcTime | None = None
    undone_by: Words | None = None

    def covers(self, column: str) -> bool:
        """Tell whether it is of a column."""
        return self.column in {None, column}


class AlertList(Contract):
    """Alerts as `GET /reports/alerts` answers them: open ones, then resolved ones, the latest first."""

    alerts: tuple[Alert, ...]
    silences: tuple[Silence, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    """Of either those that hold."""
    last_test: Alert | None = None
    before: UtcTime | None = None
    """Ask again with this as `before` for older resolved ones; None when these are all."""
