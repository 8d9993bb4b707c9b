"""Settling: what can change no more is counted once, hour by hour, and kept; a report then adds hours up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from contracts.base import ModelVersion
from contracts.hourly import HourlyProfile
from contracts.joining import HourMark
from contracts.totals import Span
from drift_report.baseline import Baseline
from drift_report.hourly import changed, kept, known
from drift_report.parts import Parts
from drift_report.rows import Row, fields_of

OVERLAP = timedelta(minutes=3)
"""A row appears some time after its stamp, but sooner than this: the record function times out after 60 s."""
AT_ONCE = 20_000
"""Rows that are held at a time, about."""
HOUR = timedelta(hours=1)


def settle(parts: Parts, baseline: Baseline) -> None:
    """Bring every hour of a version up to what has settled. Raises StoreUnavailable; then the next run goes on."""
    for span in _spans(parts, baseline.version):
        fields = fields_of(baseline.spec)
        for mark, rows in by_hour(
            baseline.version, parts.predictions.changed(baseline.version, span, None, fields)
        ).items():
            _amend(parts, baseline, mark, rows, span)
        parts.profiles.advance(baseline.version, _end(span))


def by_hour(model_version: ModelVersion, rows: Iterable[Row]) -> dict[HourMark, list[Row]]:
    """Put rows together by the hour of their pickup."""
    found: dict[HourMark, list[Row]] = defaultdict(list)
    for row in rows:
        found[HourMark(model_version, row["event_time"].replace(minute=0, second=0, microsecond=0))].append(row)
    return found


def begun(parts: Parts, model_version: ModelVersion) -> datetime | None:
    """Tell from when on changes have not settled; None while nothing was ever stored. Raises StoreUnavailable."""
    return parts.profiles.position(model_version) or parts.predictions.earliest()


def _spans(parts: Parts, model_version: ModelVersion) -> Iterator[Span]:
    start, until = begun(parts, model_version), parts.clock() - OVERLAP
    while start is not None and start < until:
        end = parts.predictions.cut(Span(start, until), AT_ONCE)
        yield Span(start, end)
        start = end


def _amend(parts: Parts, baseline: Baseline, mark: HourMark, rows: list[Row], span: Span) -> None:
    """Count what changed in an hour, unless another run has: then go on from there."""
    while True:
        hourly = parts.profiles.of(mark)
        since = _since(hourly, span)
        if since >= _end(span):
            return
        hour = changed(known(baseline.spec, hourly), rows, since, _end(span), baseline.count)
        if parts.profiles.replace(hourly, kept(mark, hour, _end(span))):
            return


def _since(hourly: HourlyProfile | None, span: Span) -> datetime:
    return max(hourly.settled_until, span.start) if hourly else span.start


def _end(span: Span) -> datetime:
    if span.end is None:
        message = "only a closed span settles"
        raise ValueError(message)
    return span.end
