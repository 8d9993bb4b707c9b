"""One call of this process: when it came, how long it has taken, and how long it may take."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from contracts.base import new_id

LAST_MS = 1_000
"""What is left for the fallback's answer and for sending the events."""


@dataclass(frozen=True)
class Call:
    """The moment of a call; `began` is the performance counter then."""

    now: datetime
    began: float
    cold_start: bool
    allowed_ms: int
    """Milliseconds that the call might take when it began."""
    remaining_ms: Callable[[], int]
    new_id: Callable[[], str] = new_id

    def elapsed_ms(self) -> float:
        """Give the milliseconds since the call began."""
        return (perf_counter() - self.began) * 1000

    def may_load(self) -> bool:
        """Tell whether more may be read from outside: not in its second half, which answering and telling may need."""
        return self.remaining_ms() * 2 > self.allowed_ms

    def is_hurried(self) -> bool:
        """Tell whether time runs out."""
        return self.remaining_ms() < LAST_MS
