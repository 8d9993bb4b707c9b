"""The setups that others have, over the answers of one pass."""

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import numpy as np

from contracts.events import Prediction
from contracts.ride import NEW_YORK
from monitoring.numeric.values import aligned
from ridewatch.backtest.plain import Day, Flag, Table, flagged_days, flags, is_beyond_psi, is_significant
from ridewatch.backtest.versions import Version

COLUMNS = ("pickup_zone", "dropoff_zone", "distance", "hour", "passengers", "vendor", "payment_type", "prediction")


def flags_of_others(predictions: Sequence[Prediction], version: Version, *, defaults: bool) -> list[Flag]:
    """Say what each of them would have flagged; Evidently's preset only if asked for: it takes 2 CPU seconds a day."""
    reference, days = _reference(version), list(_days(predictions))
    found = flags("fixed_psi", flagged_days(days, reference, is_beyond_psi))
    found += flags("column_tests", flagged_days(days, reference, is_significant))
    if defaults:
        from ridewatch.backtest.defaults import drifted_days

        found += flags("evidently", drifted_days(days, reference))
    return found


def _reference(version: Version) -> Table:
    columns = json.loads(gzip.decompress(version.artifacts["reference"]))["columns"]
    return {name: aligned(columns[name]) for name in COLUMNS if name in columns}


def _days(predictions: Sequence[Prediction]) -> Iterator[Day]:
    """Put answers together by the local day on which they were asked for; the last may be a part of one."""
    for day, some in groupby(predictions, key=_day):
        yield Day(day, _table(list(some)))


def _day(prediction: Prediction) -> date:
    return prediction.predicted_at.astimezone(NEW_YORK).date()


def _table(rows: Sequence[Prediction]) -> Table:
    columns = {name: aligned([row.features.get(name) for row in rows]) for name in COLUMNS if name != "prediction"}
    return columns | {"prediction": np.array([row.minutes for row in rows])}
