"""The rhythm: the volume of a window beside that of the same hours in the weeks before, of all model versions."""

from collections import Counter
from datetime import datetime

import numpy as np

from contracts.findings import Rhythm
from contracts.window import Window
from drift_report.gathered import WEEKS, Gatherer, Hours
from drift_report.windows import HOUR, weeks_before
from monitoring.profiles.layout import Integers
from monitoring.window.performance import estimate
from monitoring.window.volume import LEAST_WEEKS, Volume, volume_of


def rhythm_of(gatherer: Gatherer, window: Window, hours: Hours) -> Rhythm:
    """Compare a window's volume with that of up to eight weeks before. Raises StoreUnavailable."""
    volumes, zone = _volumes(gatherer, window, hours), gatherer.parts.settings.time_zone
    now, *earlier = (_counts(volumes, window, start) for start in weeks_before(window, zone, WEEKS))
    held = np.array(earlier)[np.sum(earlier, axis=1) > 0]
    return _told(volume_of(now, held), len(held))


def _volumes(gatherer: Gatherer, window: Window, hours: Hours) -> Counter[datetime]:
    """Count rows by hour: settled ones of every version, and this version's as they stand."""
    volumes = Counter({hour: known.sketch.rows for hour, known in hours.items()})
    for each in gatherer.volumes(window):
        if each.mark.hour not in hours or each.mark.model_version != gatherer.baseline.version:
            volumes[each.mark.hour] += each.rows
    return volumes


def _counts(volumes: Counter[datetime], window: Window, start: datetime) -> Integers:
    """Count the rows of each of as many hours as the window has."""
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
