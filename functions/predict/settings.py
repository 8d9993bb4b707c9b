"""The environment of this process."""

import os
from dataclasses import dataclass


class SettingMissing(Exception):
    """A setting that the process cannot do without is not in the environment."""


@dataclass(frozen=True)
class Settings:
    """Where things lie, by name."""

    bucket: str
    queue_url: str
    champion_parameter: str


def read_settings() -> Settings:
    """Read the settings. Raises SettingMissing, which names the one that is not there."""
    return Settings(
        bucket=_required("BUCKET"),
        queue_url=_required("QUEUE_URL"),
        champion_parameter=_required("CHAMPION_PARAMETER"),
    )


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        message = f"set {name} in the environment of the predict function"
        raise SettingMissing(message)
    return value
