"""Windows of event time: UTC hours, local days, and the whole weeks of any span."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from contracts.window import Window, WindowKind

HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)


def holding(kind: WindowKind, hour: datetime, zone: ZoneInfo) -> Iterator[Window]:
    """Give the windows of a kind that a UTC hour touches: two days where a zone's offset is not of whole hours."""
    if kind == "hour":
        yield Window(kind=kind, start=hour, end=hour + HOUR)
        return
    yield from {day_of(hour, zone), day_of(hour + HOUR - MOMENT, zone)}


def day_of(moment: datetime, zone: ZoneInfo) -> Window:
    """Give the local day of a moment: 23 or 25 hours where the clock is changed."""
    start = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return Window(kind="day", start=start, end=start + timedelta(days=1))


def window_of(start: datetime, end: datetime, zone: ZoneInfo) -> Window:
    """Give a span as a window; naive times are the zone's. It is an hour's or a day's if it covers just that."""
    first, last = (moment if moment.tzinfo else moment.replace(tzinfo=zone) for moment in (start, end))
    window = Window(kind="custom", start=first, end=last)
    day = day_of(window.start, zone)
    if (day.start, day.end) == (window.start, window.end):
        return day
    is_hour = window.start == window.start.replace(minute=0, second=0, microsecond=0)
    return window.model_copy(update={"kind": "hour"}) if is_hour and window.end - window.start == HOUR else window


def whole_weeks(window: Window, zone: ZoneInfo) -> Window | None:
    """Give the whole weeks, by the zone's clock, with which a window begins; None if there is not one."""
    start = window.start.astimezone(zone)
    weeks = (window.end.astimezone(zone).replace(tzinfo=UTC) - start.replace(tzinfo=UTC)) // timedelta(weeks=1)
    return Window(kind="custom", start=start, end=start + timedelta(weeks=weeks)) if weeks else None


def whole_hours(window: Window) -> Window:
    """Give the hours of UTC that begin in a window: of those that it cuts, the last is in it and the first is not."""
    ends = (_next_hour(window.start), _next_hour(window.end))
    return window.model_copy(update=dict(zip(("start", "end"), ends, strict=True)))


def _next_hour(moment: datetime) -> datetime:
    begun = moment.replace(minute=0, second=0, microsecond=0)
    return begun if begun == moment else begun + HOUR


def stratum(hour: datetime, zone: ZoneInfo) -> int:
    """Give the hour of the week by the zone's clock, from Monday's first."""
    local = hour.astimezone(zone)
    return local.weekday() * 24 + local.hour


def week_of(window: Window) -> Window:
    """Give the week that ends with a window."""
    return Window(kind="custom", start=window.end - timedelta(weeks=1), end=window.end)


def weeks_before(window: Window, zone: ZoneInfo, weeks: int) -> list[datetime]:
    """Give the start of a window and of the same hours in the weeks before, latest first, by the zone's clock."""
    local = window.start.astimezone(zone)
    return [(local - back * timedelta(weeks=1)).astimezone(UTC) for back in range(weeks + 1)]


def before_of(window: Window, zone: ZoneInfo) -> Window:
    """Give the window of the same kind that ends where one begins."""
    if window.kind == "day":
        return day_of(window.start - MOMENT, zone)
    return Window(kind=window.kind, start=window.start - (window.end - window.start), end=window.start)
