"""What is wrong with rows, by the domain's own rules."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from drift_report.rows import Columns, Standing
from monitoring.numeric.values import Floats, aligned
from monitoring.profiles.counting import Masks
from rides.checks import Moments, checks_of, served_checks

CHECKED = ("pickup_zone", "dropoff_zone", "distance", "passengers", "actual")


def checked(rows: Sequence[Standing], columns: Columns, training_start: datetime) -> Masks:
    """Check rows, given their columns; a column that the model does not know cannot be checked."""
    absent = np.full(len(rows), np.nan)
    numbers = {name: aligned(columns[name]) if name in columns else absent for name in CHECKED}
    moments = Moments(_seconds(rows, "event_time"), _seconds(rows, "predicted_at"), training_start.timestamp())
    flags = [each.row.get("flags", ()) for each in rows]
    return {**checks_of(numbers, moments), **served_checks(flags, [each.row.get("served_by", "") for each in rows])}


def _seconds(rows: Sequence[Standing], name: str) -> Floats:
    moments = [each.row.get(name) for each in rows]
    return np.array([np.nan if moment is None else moment.timestamp() for moment in moments], dtype=np.float64)
