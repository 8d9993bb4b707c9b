"""The environment of this process."""

import os
from dataclasses import dataclass


class SettingMissing(Exception):
    """A setting that the process cannot do without is not in the environment."""


@dataclass(frozen=True)
class Settings:
    """Where things lie, by name."""

    bucket: str
    mongodb_secret: str
    api_key_secret: str
    signing_secret: str


def read_settings() -> Settings:
    """Read the settings. Raises SettingMissing, which names the one that is not there."""
    return Settings(
        bucket=_required("BUCKET"),
        mongodb_secret=_required("MONGODB_SECRET"),
        api_key_secret=_required("API_KEY_SECRET"),
        signing_secret=_required("SIGNING_SECRET"),
    )


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        message = f"set {name} in the environment of the reports function"
        raise SettingMissing(message)
    return value
