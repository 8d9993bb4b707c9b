"""What a window holds: the hours that have settled, and the rows that have not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from contracts.hourly import HourlyProfile, HourVolume
from contracts.joining import HourMark
from contracts.totals import Span
from contracts.window import Window
from drift_report import sketch
from drift_report.baseline import Baseline
from drift_report.hourly import Hour, Newest, changed, known
from drift_report.parts import Parts
from drift_report.rows import Row, Standing, fields_of, standing
from drift_report.settling import begun, by_hour
from drift_report.windows import HOUR, stratum, weeks_before
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.observed import HourOf, Observed, observed

MOST = {"hour": timedelta(weeks=1), "day": timedelta(weeks=4), "custom": timedelta(0)}
"""How much before itself a window with too few rows may be widened by."""
WEEKS = 8
"""So far back volumes are looked at."""
Hours = Mapping[datetime, Hour]


@dataclass(frozen=True)
class Gatherer:
    """Gives the rows of one model version as they stood at one moment."""

    parts: Parts
    baseline: Baseline
    as_of: datetime

    def hours(self, window: Window) -> dict[datetime, Hour]:
        """Give every hour of a window in which there is anything. Raises StoreUnavailable."""
        recent = {mark: rows for mark, rows in self._recent.items() if window.start <= mark.hour < window.end}
        settled = {each.mark: each for each in self.parts.profiles.window(self.baseline.version, window)}
        marks = sorted({*settled, *recent})
        return {mark.hour: self._hour(mark, settled.get(mark), recent.get(mark, [])) for mark in marks}

    @cached_property
    def _begin(self) -> datetime:
        return begun(self.parts, self.baseline)

    @cached_property
    def _recent(self) -> dict[HourMark, list[Row]]:
        """Read what has not settled, once."""
        return by_hour(self.baseline.version, self._changed(None)) if self._begin < self.as_of else {}

    def _changed(self, window: Window | None) -> Iterator[Row]:
        fields = fields_of(self.baseline.spec)
        span = Span(self._begin, self.as_of)
        return self.parts.predictions.changed(self.baseline.version, window, fields, span)

    def _hour(self, mark: HourMark, hourly: HourlyProfile | None, rows: Sequence[Row]) -> Hour:
        """Bring an hour up to now. One that another run has settled since its rows were read is read again."""
        hour, since = known(self.baseline.spec, hourly), self._begin
        if hourly and hourly.settled_until > since:
            since = hourly.settled_until
            rows = list(self._changed(Window(kind="hour", start=mark.hour, end=mark.hour + HOUR)))
        return changed(hour, rows, since, self.as_of, self.baseline.count) if rows and since < self.as_of else hour

    def widened(self, window: Window, least: int) -> tuple[Window, dict[datetime, Hour]]:
        """Take in as much before a window as it needs to hold `least` rows, within bounds. Raises StoreUnavailable."""
        length, back = window.end - window.start, timedelta(0)
        while True:
            wider = window if not back else Window(kind="custom", start=window.start - back, end=window.end)
            hours = self.hours(wider)
            if rows_of(hours) >= least or back >= MOST[window.kind]:
                return wider, hours
            back = min(2 * back + length, MOST[window.kind])

    def sampled(self, hours: Hours, size: int) -> list[Standing]:
        """Read some rows of these hours, any as likely as any other. Raises StoreUnavailable."""
        ids = sketch.sample((hour.sketch for hour in hours.values()), size)
        return standing(self.parts.predictions.by_id(ids, fields_of(self.baseline.spec)), self.as_of)

    def volumes(self, window: Window) -> list[HourVolume]:
        """Count the settled rows of every version, hour by hour, from WEEKS before a window on.

        Raises StoreUnavailable.
        """
        if window not in self._volumes:
            earliest = min(weeks_before(window, self.parts.settings.time_zone, WEEKS))
            self._volumes[window] = self.parts.profiles.volumes(earliest, window.end)
        return self._volumes[window]

    @cached_property
    def _volumes(self) -> dict[Window, list[HourVolume]]:
        return {}

    def observed(self, hours: Hours) -> Observed:
        """Add hours up."""
        return observed(self.baseline.spec, self.dated(hours))

    def dated(self, hours: Hours) -> Iterator[HourOf]:
        """Say of which hour of the week and of which day each hour is."""
        zone = self.parts.settings.time_zone
        yield from (_hour_of(start, hour, zone) for start, hour in hours.items())

    def compared(self, hours: Hours) -> Comparison:
        """Hold hours against the reference at the same hours of the week."""
        found, reference = self.observed(hours), self.baseline.reference
        expected = reference.at(found.rows, found.judged)
        return Comparison(found, expected, reference, self.parts.settings.min_rows)


def newest_of(hours: Hours) -> Newest:
    """Give the latest pickup and the latest storing of some hours."""
    events = [hour.newest.event for hour in hours.values() if hour.newest.event]
    stamps = [hour.newest.stored for hour in hours.values() if hour.newest.stored]
    return Newest(max(events, default=None), max(stamps, default=None))


def rows_of(hours: Hours) -> int:
    """Count the rows of some hours."""
    return sum(hour.sketch.rows for hour in hours.values())


def within(hours: Hours, window: Window) -> dict[datetime, Hour]:
    """Give those hours that lie in a window."""
    return {start: hour for start, hour in hours.items() if window.start <= start < window.end}


def _hour_of(start: datetime, hour: Hour, zone: ZoneInfo) -> HourOf:
    return HourOf(stratum(start, zone), start.astimezone(zone).toordinal(), hour.profile)
