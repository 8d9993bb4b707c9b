"""One hour of a model version: what is known of it, and how it changes by what was stored or labelled since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from contracts.hourly import HourlyProfile
from contracts.joining import HourMark
from contracts.profile import ProfileSpec
from drift_report import sketch
from drift_report.rows import Row, Standing, standing
from drift_report.sketch import NOTHING, Sketch, merged, sketch_of
from monitoring.profiles import archive
from monitoring.profiles.profile import Profile, add, empty, subtract

Count = Callable[[Sequence[Standing]], Profile]
"""Counts rows by the spec of one model version."""


class Newest(NamedTuple):
    """The latest pickup and the latest storing."""

    event: datetime | None = None
    stored: datetime | None = None


NEVER = Newest()
PACKED_NOTHING = sketch.packed(NOTHING)


@dataclass(frozen=True)
class Hour:
    """Everything that is known of an hour's rows, packed: a month of unpacked hours is 200 MB."""

    spec: ProfileSpec
    packed: bytes
    packed_sketch: bytes = PACKED_NOTHING
    newest: Newest = NEVER

    @property
    def profile(self) -> Profile:
        """Unpack the counts. Raises SpecMismatch, Unreadable."""
        return archive.unpacked(self.spec, self.packed)

    @cached_property
    def sketch(self) -> Sketch:
        """Unpack the sketch; whoever adds up profiles does without. Raises Unreadable."""
        return sketch.unpacked(self.packed_sketch)


def changed(hour: Hour, rows: Sequence[Row], since: datetime, until: datetime, count: Count) -> Hour:
    """Bring an hour from one moment to a later one, given the rows that were stored or labelled between.

    It costs what has changed, not what the hour holds: a late actual is taken out as it was and put in as it is.
    """
    before, after = standing(rows, since), standing(rows, until)
    fresh = [row for row in rows if since <= row["stored_at"] < until]
    counted = subtract(hour.profile, count(before)) if before else hour.profile
    profile = add(counted, count(after))
    sketched = merged(hour.sketch, sketch_of(fresh))
    return Hour(hour.spec, archive.packed(profile), sketch.packed(sketched), _newest(hour.newest, fresh))


def known(spec: ProfileSpec, hourly: HourlyProfile | None) -> Hour:
    """Read what is kept of an hour, nothing if nothing is. Raises Unreadable."""
    if hourly is None:
        return Hour(spec, archive.packed(empty(spec)))
    newest = Newest(hourly.newest_event, hourly.newest_stored)
    return Hour(spec, hourly.profile, hourly.sketch, newest)


def kept(mark: HourMark, hour: Hour, settled_until: datetime) -> HourlyProfile:
    """Lay an hour out as it is kept."""
    return HourlyProfile(
        mark=mark,
        settled_until=settled_until,
        rows=hour.sketch.rows,
        rides=hour.sketch.distinct_rides,
        copies=hour.sketch.copies,
        newest_event=hour.newest.event,
        newest_stored=hour.newest.stored,
        profile=hour.packed,
        sketch=hour.packed_sketch,
    )


def _newest(newest: Newest, rows: Sequence[Row]) -> Newest:
    events = [row["event_time"] for row in rows] + [moment for moment in (newest.event,) if moment]
    stamps = [row["stored_at"] for row in rows] + [moment for moment in (newest.stored,) if moment]
    return Newest(max(events, default=None), max(stamps, default=None))
