"""How to backtest."""

from dataclasses import dataclass
from typing import Literal

from ridewatch.backtest.labels import Labels

Schedule = Literal["hourly", "daily"]


HOUR_OR_SO = Labels("exponential", 3_600.0)


@dataclass(frozen=True)
class Plan:
    """What is the same for every pass."""

    schedule: Schedule = "daily"
    """hourly: every hour and every day is reported, as the deployed rules do. daily: every day, and of the hours those
    on which an alert can hang: with enough rides to be judged by themselves, the first of a version, or when the watch
    over errors has turned."""
    labels: Labels = HOUR_OR_SO
    false_pages: float = 1.0
    """A quarter, that the watch over errors may open where nothing is wrong."""
    false_tickets: float = 1.0
    """A month, that the rules may open where nothing is wrong."""
    seed: int = 0
    defaults: bool = False
    """Also run Evidently's default preset on every day: 2 CPU seconds each."""
