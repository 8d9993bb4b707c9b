"""One call of this process: when it came, and how long it has taken."""

from dataclasses import dataclass
from datetime import datetime
from time import perf_counter


@dataclass(frozen=True)
class Call:
    """The moment of a call; `began` is the performance counter then."""

    now: datetime
    began: float
    cold_start: bool

    def elapsed_ms(self) -> float:
        """Give the milliseconds since the call began."""
        return (perf_counter() - self.began) * 1000
