"""The strict base of every contract, identifiers and times."""

import os
import time
import uuid
from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

SCHEMA_VERSION: Final = 1


class Contract(BaseModel):
    """A value of a fixed shape: immutable, unknown fields refused, numbers finite."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True)


def _to_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        message = "before the year 1 or after the year 9999 in UTC"
        raise ValueError(message) from error


UtcTime = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment with a time zone, kept in UTC."""

Identifier = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_.:-]+$")]
"""An id that is safe in a URL path, an object key and a log line."""

ModelVersion = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]


def new_id() -> str:
    """Make a UUIDv7 (RFC 9562, section 5.7): its first 48 bits are Unix milliseconds, so ids sort by time."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = milliseconds << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
