"""Settings of the record functions: the one door to the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Self


class SettingMissing(Exception):
    """The environment lacks a setting that has no default."""


@dataclass(frozen=True)
class RecordSettings:
    """What the consumer of the queue must know."""

    bucket: str
    mongodb_secret: str
    dlq_url: str
    retention: timedelta

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Read the environment. Raises SettingMissing."""
        days = int(_required(environment, "RETENTION_DAYS"))
        return cls(
            bucket=_required(environment, "BUCKET"),
            mongodb_secret=_required(environment, "MONGODB_SECRET"),
            dlq_url=_required(environment, "DLQ_URL"),
            retention=timedelta(days=days),
        )


@dataclass(frozen=True)
class RedriveSettings:
    """What the hourly redrive must know."""

    bucket: str
    queue_url: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Read the environment. Raises SettingMissing."""
        return cls(_required(environment, "BUCKET"), _required(environment, "QUEUE_URL"))


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        message = f"set the environment variable {name}"
        raise SettingMissing(message)
    return value
