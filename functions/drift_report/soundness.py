"""Whether a window's data are sound: what was refused, copied, wrong, strayed, or did not come."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from contracts.findings import Check, Quality, RejectionCount
from contracts.window import Window
from drift_report.gathered import Gatherer, Hours, newest_of
from drift_report.rhythm import rhythm_of
from monitoring.profiles.comparison import Comparison
from monitoring.window.quality import LEAST_CHECKED, checks_of, constant_columns, share_of

LONG_BEFORE, LONG_AFTER = timedelta(days=31), timedelta(days=1)
"""From where on a pickup before training, or after now, is a wrong date: as `rides.checks` has it."""


EPOCH, NEVER = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


class Rejected(NamedTuple):
    """What was refused while a window lasted."""

    requests: int
    counts: tuple[RejectionCount, ...]


class Held(NamedTuple):
    """What a window holds: its own hours, beside the reference, and what was refused."""

    hours: Hours
    comparison: Comparison
    rejected: Rejected


def rejections_of(gatherer: Gatherer, window: Window) -> Rejected:
    """Count what was refused, by field and reason. Raises StoreUnavailable."""
    counts = gatherer.parts.rejections.by_reason(window)
    told = tuple(RejectionCount(field=field, reason=reason, count=count) for (field, reason), count in counts.items())
    return Rejected(gatherer.parts.rejections.count(window), told)


def soundness(gatherer: Gatherer, window: Window, held: Held) -> Quality:
    """Tell how sound the rows of a window are. Raises StoreUnavailable."""
    hours, comparison, rejected = held
    newest = newest_of(hours)
    asked = comparison.rows + rejected.requests
    return Quality(
        rejection_share=share_of(rejected.requests, asked) if asked else None,
        rejections=rejected.counts,
        duplicates=_duplicates(hours, comparison.rows),
        checks=checks_of(comparison),
        constant=constant_columns(comparison),
        rhythm=rhythm_of(gatherer, window, hours),
        newest_event=newest.event,
        newest_stored=newest.stored,
        stray_rows=_strays(gatherer, window),
    )


def _duplicates(hours: Hours, rows: int) -> Check:
    copies = sum(hour.sketch.copies for hour in hours.values())
    enough = rows >= LEAST_CHECKED
    return Check(
        name="duplicates",
        meaning="rides that say what another ride of the hour said already, ids apart",
        status="ok" if enough else "too_few",
        broken=copies,
        rows=rows,
        share=share_of(copies, rows) if enough else None,
    )


def _strays(gatherer: Gatherer, window: Window) -> int:
    """Count the rows stored since the window began whose hour lies where none should."""
    baseline, volumes = gatherer.baseline, gatherer.parts.profiles.volumes
    early = volumes(EPOCH, baseline.training_start - LONG_BEFORE, baseline.version)
    late = volumes(gatherer.as_of + LONG_AFTER, NEVER, baseline.version)
    return sum(each.rows for each in (*early, *late) if each.newest_stored and each.newest_stored >= window.start)
