"""Alert rules: what of a report somebody is told of, how much of it, and in which words."""

from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from contracts.base import Contract

RuleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,63}$")]
Severity = Literal["page", "ticket"]
"""page: a consequence (errors, service, lost data), somebody gets up; ticket: a cause (drift, quality), it waits."""
Cause = Literal[
    "errors",
    "concept",
    "covariate",
    "concept and covariate",
    "outcome",
    "quality",
    "labels",
    "service",
    "lost_data",
    "test",
]
"""concept: the world changed; covariate: what is asked changed; outcome: true durations changed, by either."""
Measure = Literal[
    "error_watch",
    "mae",
    "bias",
    "skill",
    "expected_error",
    "interval_coverage",
    "weak_segment",
    "segment_contrast",
    "fairness_gap",
    "column_drift",
    "joint_drift",
    "check_share",
    "missing_share",
    "unseen_share",
    "unusable_column",
    "rejection_share",
    "fallback_share",
    "older_model",
    "volume",
    "silent_hours",
    "label_coverage",
    "failed_report",
    "test",
]
"""What of a report is looked at; `monitoring.alerts.readings` says how it is read."""

MENTIONABLE = frozenset(
    {
        *("subject", "value", "reference", "limit", "lean", "detail", "announced"),
        *("fired", "judged", "rides", "labelled_rides"),
    }
)
"""What a sentence may name in braces."""


class AlertRule(Contract):
    """A measure, its limit, and how often in how many windows it must be beyond it."""

    name: RuleName
    severity: Severity
    cause: Cause
    measure: Measure
    direction: Literal["above", "below"] = "above"
    """above: the lower end of the measure's interval is above the limit; below: the upper end is below it."""
    times: float = 0.0
    plus: float = 0.0
    """The limit is times × the reference's value + plus."""
    window: Literal["hour", "day"] = "day"
    least_rows: Annotated[int, Field(ge=0)] = 0
    """Of a window with fewer rows to judge by, the rule says nothing."""
    fired: Annotated[int, Field(ge=1)] = 1
    judged: Annotated[int, Field(ge=1)] = 1
    """An alert opens by so many (`fired`) of the last so many windows that could be judged (`judged`), and is over when
    none of them is beyond the limit."""
    sentence: str
    """For the owner of the model; braces name the numbers."""

    @property
    def next_step(self) -> str:
        """Say where it stands what to do."""
        return f"docs/runbook.md#{self.name}"

    @property
    def needs_reference(self) -> bool:
        """Tell whether nothing can be said without the reference's value."""
        return self.times != 0

    def limit(self, reference: float | None) -> float:
        """Give the limit, where the reference's value is this."""
        return self.times * (reference or 0.0) + self.plus

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        mentioned = {name for _, name, _, _ in Formatter().parse(self.sentence) if name is not None}
        if unknown := mentioned - MENTIONABLE:
            message = f"the sentence names {', '.join(sorted(unknown))}; it may name {', '.join(sorted(MENTIONABLE))}"
            raise ValueError(message)
        if "reference" in mentioned and not self.needs_reference:
            message = "a sentence that names the reference is of a rule that needs it"
            raise ValueError(message)
        if self.fired > self.judged:
            message = f"{self.fired} of {self.judged} windows is never"
            raise ValueError(message)
        return self
