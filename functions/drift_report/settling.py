"""Settling: what can change no more is counted once, hour by hour, and kept; a report then adds hours up."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from contracts.base import ModelVersion
from contracts.joining import HourMark
from drift_report.baseline import Baseline
from drift_report.batches import Batch, batches
from drift_report.hourly import changed, kept, known
from drift_report.parts import Parts
from drift_report.rows import Row, fields_of

OVERLAP = timedelta(minutes=3)
"""A row appears some time after its stamp, but sooner than this: the record function times out after 60 s."""
AT_ONCE = 20_000
"""Rows that are held at a time, about."""
DAY = timedelta(days=1)
"""By so much whoever trained may have had another clock than the database."""


def settle(parts: Parts, baseline: Baseline) -> None:
    """Bring every hour of a version up to what has settled. Raises StoreUnavailable; then the next run goes on."""
    version, fields = baseline.version, fields_of(baseline.spec)
    until = parts.clock() - OVERLAP
    read = partial(parts.predictions.changed, version, None, fields)
    for batch in batches(read, begun(parts, baseline), until, AT_ONCE):
        for mark, rows in by_hour(version, batch.rows).items():
            _amend(parts, baseline, mark, batch._replace(rows=rows))
        parts.profiles.advance(version, batch.end)


def by_hour(model_version: ModelVersion, rows: Iterable[Row]) -> dict[HourMark, list[Row]]:
    """Put rows together by the hour of their pickup."""
    found: dict[HourMark, list[Row]] = defaultdict(list)
    for row in rows:
        found[HourMark(model_version, row["event_time"].replace(minute=0, second=0, microsecond=0))].append(row)
    return found


def begun(parts: Parts, baseline: Baseline) -> datetime:
    """Tell from when on changes have not settled: before it was made a version answered nothing."""
    return parts.profiles.position(baseline.version) or baseline.created_at - DAY


def _amend(parts: Parts, baseline: Baseline, mark: HourMark, batch: Batch) -> None:
    """Count what changed in an hour, unless another run has: then go on from there."""
    while True:
        hourly = parts.profiles.of(mark)
        since = max(hourly.settled_until, batch.start) if hourly else batch.start
        if since >= batch.end:
            return
        hour = changed(known(baseline.spec, hourly), batch.rows, since, batch.end, baseline.count)
        if parts.profiles.replace(hourly, kept(mark, hour, batch.end)):
            return
