"""The rhythm: the volume of a window beside that of the same hours in the weeks before, of all model versions."""

from collections import Counter
from datetime import datetime, timedelta

import numpy as np

from contracts.findings import Rhythm
from contracts.window import Window
from drift_report.gathered import Gatherer, Hours
from drift_report.windows import HOUR
from monitoring.layout import Integers
from monitoring.performance import estimate
from monitoring.volume import LEAST_WEEKS, Volume, volume_of

WEEKS = 8
WEEK = timedelta(weeks=1)


def rhythm_of(gatherer: Gatherer, window: Window, hours: Hours) -> Rhythm:
    """Compare a window's volume with that of up to eight weeks before. Raises StoreUnavailable."""
    volumes = _volumes(gatherer, window, hours)
    now, *earlier = (_counts(volumes, window, weeks) for weeks in range(WEEKS + 1))
    held = np.array(earlier)[np.sum(earlier, axis=1) > 0]
    return _told(volume_of(now, held), len(held))


def _volumes(gatherer: Gatherer, window: Window, hours: Hours) -> Counter[datetime]:
    """Count rows by hour: settled ones of every version, and this version's as they stand."""
    settled = gatherer.parts.profiles.volumes(window.start - WEEKS * WEEK, window.end)
    volumes = Counter({hour: known.sketch.rows for hour, known in hours.items()})
    for each in settled:
        if each.mark.hour not in hours or each.mark.model_version != gatherer.baseline.version:
            volumes[each.mark.hour] += each.rows
    return volumes


def _counts(volumes: Counter[datetime], window: Window, weeks_before: int) -> Integers:
    """Count the rows of each hour of the window, some weeks before, by the wall clock of UTC."""
    start = window.start - weeks_before * WEEK
    hours = -(-(window.end - window.start) // HOUR)
    return np.array([volumes[start + hour * HOUR] for hour in range(hours)], dtype=np.int64)


def _told(found: Volume, weeks: int) -> Rhythm:
    if found.usual is None:
        note = f"{weeks} earlier weeks held rides at these hours; {LEAST_WEEKS} are needed."
        return Rhythm(status="too_few", note=note, weeks=weeks, rows=found.rows)
    return Rhythm(
        status="ok",
        weeks=weeks,
        rows=found.rows,
        expected=estimate(found.expected),
        silent_hours=len(found.silent),
        unusual=not found.usual,
    )
