"""The reference: its profile, a sample of its rows, and the background rows of explanations."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contracts.profile import Profile
from monitoring.profile import profile_of
from monitoring.spec import make_spec
from rides.columns import COLUMNS
from ridewatch.training.choice import JUDGED_MINUTES, LONGEST_MINUTES
from ridewatch.training.columns import Columns
from ridewatch.training.judging import Minutes

SAMPLE_ROWS, BACKGROUND_ROWS = 10_000, 16
ERROR = "error"


def with_outcomes(features: Columns, predicted: Minutes, minutes: Minutes, **others: NDArray[Any]) -> Columns:
    """Add prediction, actual and error to the features, NaN where there is none; and what others say of each ride."""
    actual = np.where((minutes >= 0) & (minutes <= LONGEST_MINUTES), minutes, np.nan)
    judged = (actual >= JUDGED_MINUTES[0]) & (actual <= JUDGED_MINUTES[1])
    outcomes = {"prediction": predicted, "actual": actual, ERROR: np.where(judged, predicted - actual, np.nan)}
    return features | outcomes | others


def reference_profile(rows: Columns, judged_rows: Columns) -> Profile:
    """Profile the reference; its errors are those of `judged_rows`, validation rides or the reference's own."""
    spec = make_spec(COLUMNS, rows | {ERROR: judged_rows[ERROR]})
    profile = profile_of(spec, rows)
    errors = profile_of(spec, judged_rows).columns[ERROR]
    return profile.model_copy(update={"columns": profile.columns | {ERROR: errors}})


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
