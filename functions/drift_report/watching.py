"""Watching: the errors of a version, in the order in which its actuals arrive, each counted once."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from contracts.error_watch import ErrorWatch
from contracts.findings import Watch
from contracts.hourly import LabelledRow
from contracts.totals import Span
from contracts.window import Window
from drift_report.baseline import Baseline
from drift_report.gathered import Gatherer
from drift_report.parts import Parts
from drift_report.settling import OVERLAP
from drift_report.windows import HOUR
from monitoring.watch.blocks import BLOCKS_A_QUARTER, Block, block_size, blocks_of
from monitoring.watch.error_watch import page_of, watched
from monitoring.watch.false_alarms import page_threshold
from monitoring.watch.losses import Tolerated
from monitoring.window.before_labels import before_labels_of

AT_ONCE = 20_000
WEEK = timedelta(weeks=1)


def watch(parts: Parts, baseline: Baseline, tolerated: Tolerated) -> Watch:
    """Count the errors that have settled since the last time, and tell how it stands. Raises StoreUnavailable."""
    size = block_size(_rows_a_day(parts, baseline))
    while True:
        known = parts.watches.of(baseline.version)
        blocks = _blocks(parts, baseline, known, size)
        if not blocks:
            return _told(known)
        threshold = page_threshold(parts.settings.false_pages, len(known.streams), BLOCKS_A_QUARTER)
        parts.watches.replace(known, watched(known, blocks, tolerated, threshold))


def explained(gatherer: Gatherer, watched: Watch) -> Watch:
    """Say why errors changed, of an open page: by the rides since the change began, of the last week's at most."""
    ends = gatherer.parts.hours.range(gatherer.baseline.version)
    if not watched.is_open or watched.began is None or ends is None:
        return watched
    end = ends[1] + HOUR
    start = max(watched.began.replace(minute=0, second=0, microsecond=0), end - WEEK)
    if start >= end:
        return watched
    found = before_labels_of(gatherer.compared(gatherer.hours(Window(kind="custom", start=start, end=end))))
    return watched.model_copy(update={"cause": found.cause, "estimated": found.estimated})


def _blocks(parts: Parts, baseline: Baseline, known: ErrorWatch, size: int) -> list[Block]:
    """Cut what was labelled after the last block into blocks; what does not fill one waits.

    What may still appear before a row that is there already is not looked at: the order stays.
    """
    span = Span(_since(known), parts.clock() - OVERLAP)
    rows = parts.predictions.labelled(baseline.version, span, AT_ONCE + 2 * size)
    judged = [row for row in rows if row.place > known.last_block and baseline.is_judged(row.actual)]
    return list(_cut(judged, size))


def _cut(rows: Sequence[LabelledRow], size: int) -> Iterator[Block]:
    errors = np.array([row.minutes - row.actual for row in rows], dtype=np.float64)
    return blocks_of([row.place for row in rows], [row.event_time for row in rows], errors, size)


def _since(known: ErrorWatch) -> datetime:
    if not known.last_block:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return datetime.fromisoformat(known.last_block.partition("|")[0]).replace(tzinfo=UTC)


def _rows_a_day(parts: Parts, baseline: Baseline) -> float:
    """Measure the rows of a day of event time, over the last week that holds any."""
    ends = parts.hours.range(baseline.version)
    if ends is None:
        return 0.0
    own = parts.profiles.volumes(ends[1] - WEEK, ends[1] + timedelta(hours=1), baseline.version)
    days = {each.mark.hour.astimezone(parts.settings.time_zone).date() for each in own}
    return sum(each.rows for each in own) / max(len(days), 1)


def _told(known: ErrorWatch) -> Watch:
    page = page_of(known)
    if not known.rows:
        return Watch(status="no_actuals", note="No actual has settled yet.")
    if page is None:
        return Watch(status="ok", rows=known.rows, blocks=known.blocks)
    return Watch(
        status="ok",
        rows=known.rows,
        blocks=known.blocks,
        is_open=True,
        side=page.side,
        began=page.opened.began,
        opened_at=page.opened.at,
        opened_after=page.opened.rows,
    )
