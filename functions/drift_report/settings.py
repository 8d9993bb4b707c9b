"""Settings of the drift report: the one door to the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo


class SettingMissing(Exception):
    """The environment lacks a setting that has no default."""


@dataclass(frozen=True)
class Settings:
    """What the drift report must know."""

    bucket: str
    mongodb_secret: str
    time_zone: ZoneInfo
    """Whose days and weeks are reported."""
    max_windows: int
    """Windows that one run reports at most."""
    sample_rows: int
    """Rows that Evidently draws at most."""
    min_rows: int
    """Below so many nothing is judged."""
    false_pages: float
    """A quarter, that the watch over errors may open at most where nothing is wrong."""
    false_tickets: float
    """A month, that rules may open at most where nothing is wrong."""
    mature_hours: float
    """So long after a prediction was stored, most labels have come: before, errors are provisional."""
    alert_topic: str
    """The ARN of the SNS topic that carries alerts."""
    event_bus: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Read the environment. Raises SettingMissing."""
        return cls(
            bucket=_required(environment, "BUCKET"),
            mongodb_secret=_required(environment, "MONGODB_SECRET"),
            time_zone=ZoneInfo(_required(environment, "TIME_ZONE")),
            max_windows=int(_required(environment, "MAX_WINDOWS")),
            sample_rows=int(_required(environment, "SAMPLE_ROWS")),
            min_rows=int(_required(environment, "MIN_ROWS")),
            false_pages=float(_required(environment, "FALSE_PAGES_A_QUARTER")),
            false_tickets=float(_required(environment, "FALSE_TICKETS_A_MONTH")),
            mature_hours=float(_required(environment, "MATURE_HOURS")),
            alert_topic=_required(environment, "ALERT_TOPIC"),
            event_bus=_required(environment, "EVENT_BUS"),
        )


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        message = f"set the environment variable {name}"
        raise SettingMissing(message)
    return value
