"""Orders: what an invocation asks for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from contracts.alerts import Transition
from contracts.base import Contract, ModelVersion

ScheduledKind = Literal["hour", "day"]


class UnknownOrder(ValueError):
    """The event is neither a schedule's nor a span's."""


class Schedule(Contract):
    """Report every due window of these kinds."""

    kinds: tuple[ScheduledKind, ...] = Field(default=("hour", "day"))


class Span(Contract):
    """Report one span, of one model version or of all that answered in it."""

    start: datetime
    end: datetime
    model_version: ModelVersion | None = None

    @field_validator("start", "end")
    @classmethod
    def _is_a_whole_hour(cls, moment: datetime) -> datetime:
        """Take whole hours only: a report adds up hours."""
        if moment.minute or moment.second or moment.microsecond:
            message = "give a whole hour, such as 2019-03-01T08:00"
            raise ValueError(message)
        return moment


class Arrival(Contract):
    """Take note that these test alerts came back from the topic."""

    alert_ids: tuple[str, ...] = Field(min_length=1)


def order_of(event: Mapping[str, Any]) -> Schedule | Span | Arrival:
    """Read an event: a rule's constant input, EventBridge's own, a span, the topic's. Raises UnknownOrder."""
    if "Records" in event:
        return Arrival(alert_ids=tuple(_test_alert(record) for record in event["Records"]))
    if "start" in event or "end" in event:
        return Span.model_validate(event)
    detail = event.get("detail") or {}
    kind = event.get("windows", detail.get("windows"))
    if kind is not None:
        return Schedule.model_validate({"kinds": (kind,)})
    if event.get("detail-type") == "Scheduled Event":
        return Schedule()
    message = 'give {"windows": "hour"}, {"windows": "day"}, or {"start": …, "end": …, "model_version": …}'
    raise UnknownOrder(message)


def _test_alert(record: Mapping[str, Any]) -> str:
    try:
        transition = Transition.model_validate_json(record["Sns"]["Message"])
    except (KeyError, ValidationError) as error:
        message = "a record is not a transition from the topic of alerts"
        raise UnknownOrder(message) from error
    return transition.alert.alert_id
