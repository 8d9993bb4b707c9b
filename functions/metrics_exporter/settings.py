"""Settings of the exporter: the one door to the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


class SettingMissing(Exception):
    """The environment lacks a setting that has no default."""


@dataclass(frozen=True)
class Settings:
    """What the exporter must know; either of the two MongoDB settings is enough, and of the API key's."""

    mongodb_uri: str
    mongodb_secret: str
    queue_url: str
    dlq_url: str
    bucket: str
    api_url: str
    """Of the service that is probed; empty for none."""
    api_key: str
    api_key_secret: str
    probe_seconds: float
    functions: tuple[str, ...]
    """Whose calls CloudWatch is asked for, and for the age of what waits; none where there is no CloudWatch."""
    listen_host: str
    listen_port: int
    refresh_seconds: float
    log_level: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Read the environment. Raises SettingMissing."""
        uri, secret = environment.get("MONGODB_URI", ""), environment.get("MONGODB_SECRET", "")
        if not uri and not secret:
            message = "set the environment variable MONGODB_URI or MONGODB_SECRET"
            raise SettingMissing(message)
        return cls(
            mongodb_uri=uri,
            mongodb_secret=secret,
            queue_url=_required(environment, "QUEUE_URL"),
            dlq_url=_required(environment, "DLQ_URL"),
            bucket=_required(environment, "BUCKET"),
            api_url=environment.get("API_URL", ""),
            api_key=environment.get("API_KEY", ""),
            api_key_secret=environment.get("API_KEY_SECRET", ""),
            functions=tuple(environment.get("FUNCTIONS", "").replace(",", " ").split()),
            probe_seconds=float(environment.get("PROBE_SECONDS", "15")),
            listen_host=environment.get("LISTEN_HOST", "127.0.0.1"),
            listen_port=int(environment.get("LISTEN_PORT", "9464")),
            refresh_seconds=float(environment.get("REFRESH_SECONDS", "5")),
            log_level=environment.get("LOG_LEVEL", "INFO"),
        )


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        message = f"set the environment variable {name}"
        raise SettingMissing(message)
    return value
