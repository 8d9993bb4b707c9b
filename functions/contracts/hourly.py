"""What is kept of each hour of event time of a model version: the collection `profiles`."""

from datetime import datetime
from typing import NamedTuple

from contracts.joining import HourMark


class HourlyProfile(NamedTuple):
    """Everything of one hour that had settled by a moment of the server's clock."""

    mark: HourMark
    settled_until: datetime
    """What was stored or labelled from this moment on is not in here yet."""
    rows: int
    rides: int
    """Distinct ride ids."""
    copies: int
    """Rows that say of a ride what another row of the hour said already."""
    newest_event: datetime | None
    newest_stored: datetime | None
    profile: bytes
    sketch: bytes


class Told(NamedTuple):
    """One of the labels that a prediction has carried."""

    minutes: float
    at: datetime
    """When it was attached, by the server's clock."""


class HourVolume(NamedTuple):
    """How many rows an hour of a model version holds."""

    mark: HourMark
    rows: int
    newest_stored: datetime | None


class LabelledRow(NamedTuple):
    """A prediction with its first label."""

    row_id: str
    minutes: float
    actual: float
    labelled_at: datetime
    event_time: datetime

    @property
    def place(self) -> str:
        """Tell where it stands in the order in which labels came: as text, later ones sort behind."""
        return f"{self.labelled_at:%Y-%m-%dT%H:%M:%S.%f}|{self.row_id}"
