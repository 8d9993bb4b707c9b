"""Windows of event time."""

from typing import Literal, Self

from pydantic import model_validator

from contracts.base import Contract, UtcTime

WindowKind = Literal["hour", "day", "custom"]


class Window(Contract):
    """A half-open span of event time [start, end)."""

    kind: WindowKind
    start: UtcTime
    end: UtcTime

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> Self:
        if self.start >= self.end:
            message = "start must be before end"
            raise ValueError(message)
        return self
