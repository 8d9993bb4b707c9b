"""What the watch over a model's errors remembers from one run to the next: a few numbers, however long it watches."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.base import SCHEMA_VERSION, Contract, ModelVersion, UtcTime

Side = Literal["either", "long", "short"]
"""Which errors a stream is of: all, answers that were too long, answers that were too short."""
NotNegative = Annotated[float, Field(ge=0)]


class Opened(Contract):
    """A page that is open."""

    began: UtcTime
    """When the change began, as far as the errors tell."""
    at: UtcTime
    """The end of the block of rows that opened it."""
    rows: int
    """The judged rows that had been seen by then."""


class StreamWatch(Contract):
    """What is known of one side's errors."""

    wealth: tuple[NotNegative, ...] = ()
    """The e-detector's evidence, by share of the bet: for opening a page, or for closing the one that is open."""
    height: NotNegative = 0.0
    """CUSUM: minutes, summed over blocks, above what is tolerated."""
    since: UtcTime | None = None
    """The beginning of the block with which it last left zero."""
    opened: Opened | None = None


def _untouched() -> dict[Side, StreamWatch]:
    return {"either": StreamWatch(), "long": StreamWatch(), "short": StreamWatch()}


class ErrorWatch(Contract):
    """The watch over one model version's errors, in the order in which actuals arrive."""

    schema_version: Literal[1] = SCHEMA_VERSION
    model_version: ModelVersion
    last_block: str = ""
    """The id of the last block that was counted; ids rise, so what comes again is known by its id."""
    blocks: int = 0
    rows: int = 0
    streams: dict[Side, StreamWatch] = Field(default_factory=_untouched)
