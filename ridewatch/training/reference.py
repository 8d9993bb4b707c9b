"""The reference: its profile, a sample of its rows, and the background rows of explanations."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitoring.numeric.values import aligned
from monitoring.profiles.fitting import Rows, reference_of
from monitoring.profiles.outcomes import Said, outcomes_of
from monitoring.profiles.reference import Reference
from monitoring.profiles.spec import make_spec
from monitoring.profiles.verdicts import OUTCOMES
from rides.checks import CHECKS, Moments, checks_of
from rides.columns import ATTRIBUTION, COLUMNS, attribution_columns
from rides.segments import SEGMENTS
from ridewatch.sources.table import RideTable
from ridewatch.training.choice import JUDGED_MINUTES, LONGEST_MINUTES
from ridewatch.training.columns import DAYS_A_WEEK, HOURS_A_DAY, THURSDAY, Columns
from ridewatch.training.judging import Minutes

SAMPLE_ROWS, BACKGROUND_ROWS = 10_000, 16
ERROR = "error"
CHECKED = ("pickup_zone", "dropoff_zone", "distance", "passengers", "actual")
STRATUM, DAY = "stratum", "day"
"""In the sample, each row's hour of the week, and its day from a Monday on."""


def with_outcomes(features: Columns, predicted: Minutes, minutes: Minutes, **others: NDArray[Any]) -> Columns:
    """Add to the features what was predicted and what came of it, NaN where nothing did; and what others say."""
    actual = np.where((minutes >= 0) & (minutes <= LONGEST_MINUTES), minutes, np.nan)
    unsaid = np.full(len(actual), np.nan)
    said = Said(predicted, actual, others.get("naive", unsaid), others.get("estimated_error", unsaid))
    outcomes = {str(role): values for role, values in outcomes_of(said, JUDGED_MINUTES).items()}
    return features | {"prediction": predicted, "actual": actual} | outcomes | others


def reference_of_rides(rides: RideTable, rows: Columns, judged: tuple[RideTable, Columns] | None) -> Reference:
    """Make the reference of rides and their rows; its errors are those of `judged` rides, else of the same."""
    errors = judged[1] if judged else rows
    outcomes = {c.name: errors[c.name] for c in COLUMNS if c.role in OUTCOMES and c.name in errors}
    groups = [name.removeprefix(ATTRIBUTION) for name in rows if name.startswith(ATTRIBUTION)]
    spec = make_spec((*COLUMNS, *attribution_columns(groups)), rows | outcomes, SEGMENTS, CHECKS)
    return reference_of(spec, _rows(rides, rows), _rows(*judged) if judged else None)


def hours_of(rides: RideTable) -> NDArray[np.int64]:
    """Count the hours from a Monday's midnight to each pickup, by New York's clock."""
    since_1970: NDArray[np.int64] = rides.pickup_time.astype("datetime64[h]").astype(np.int64)
    return since_1970 + THURSDAY * HOURS_A_DAY


def _rows(rides: RideTable, columns: Columns) -> Rows:
    numbers = {name: aligned(columns[name]) for name in CHECKED}
    unknown = np.full(len(rides), np.nan)
    return Rows(columns, checks_of(numbers, Moments(unknown, unknown, 0.0)), hours_of(rides))


def with_stratum(rides: RideTable, rows: Columns) -> Columns:
    """Add each row's hour of the week and its day."""
    hours = hours_of(rides)
    return rows | {STRATUM: hours % (HOURS_A_DAY * DAYS_A_WEEK), DAY: hours // HOURS_A_DAY}


def sample_of(rows: Columns, size: int, seed: int) -> Columns:
    """Draw a uniform sample of rows without replacement."""
    total = len(rows[ERROR])
    drawn = np.sort(np.random.default_rng(seed).choice(total, size=min(size, total), replace=False))
    return {name: values[drawn] for name, values in rows.items()}


def columns_json(rows: Mapping[str, NDArray[Any]]) -> bytes:
    """Lay out rows column by column; what is missing is null."""
    columns = {name: [_plain(value) for value in values.tolist()] for name, values in rows.items()}
    return json.dumps({"columns": columns}, allow_nan=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value


def compressed(body: bytes) -> bytes:
    """Gzip, the same bytes for the same body."""
    return gzip.compress(body, mtime=0)
