"""The TLC's public files: `tlc:green/2021-01`, downloaded once."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ridewatch.sources.download import download
from ridewatch.sources.errors import UnknownSourceError
from ridewatch.sources.files import check_parquet

PUBLIC_URL = "https://d37ci6vzurychx.cloudfront.net/trip-data"
_PREFIX = "tlc:"
_MONTH = re.compile(r"tlc:(yellow|green)/(20[0-9]{2}-(?:0[1-9]|1[0-2]))")


def is_archived(source: str) -> bool:
    """Tell whether a SOURCE names a file of the TLC's archive."""
    return source.startswith(_PREFIX)


def _user_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ridewatch"


@dataclass(frozen=True)
class Archive:
    """The TLC's archive, and the folder where its files are kept."""

    url: str = PUBLIC_URL
    cache: Path = field(default_factory=_user_cache)
    progress: Callable[[int, int], None] | None = None
    """Told the bytes here and the bytes in all, while downloading."""

    def fetch(self, source: str) -> Path:
        """Give the file of that month, from the cache if it is there. Raises SourceError."""
        name = _file_name(source)
        target = self.cache / name
        if not target.exists():
            download(f"{self.url}/{name}", target, check=check_parquet, progress=self.progress)
        return target


def _file_name(source: str) -> str:
    match = _MONTH.fullmatch(source)
    if match is None:
        message = f"{source!r} names no month of the TLC's files: write tlc:yellow/2019-03 or tlc:green/2021-01."
        raise UnknownSourceError(message)
    colour, month = match.groups()
    return f"{colour}_tripdata_{month}.parquet"
