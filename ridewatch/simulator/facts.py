"""What was measured of real rides: facts/*.csv and facts/*.json, read once, on first use."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.integer[Any]]

ZONES = 266
"""Arrays are indexed by zone, 1 to 265; place 0 is empty."""
UNKNOWN_FROM = 264
"""Zones 264 and 265 are the TLC's words for `unknown` and `outside the city`."""


@dataclass(frozen=True)
class Facts:
    """The tables: by zone, by pair of zones, by hour of the week; and what is left, as JSON holds it."""

    zones: dict[str, Floats]
    """x, y, radius (miles on a fitted map), shares of pickups and drop-offs, pace effects, area; by zone."""
    bands: dict[str, Floats]
    """`pickup` and `dropoff`: how much more or less a zone is asked for in a band of hours; band × zone."""
    pairs: dict[str, Floats]
    """zone × zone: `lift` over the gravity model's, `miles` over the map's, `pace` over the rest; else 1."""
    hours: dict[str, Floats]
    """weekday × hour: `rides` (relative), `pace` (log)."""
    more: Mapping[str, Any]


@cache
def facts() -> Facts:
    """Read the facts that ship with the package."""
    return read(Path(str(files(__package__))) / "facts")


def read(folder: Path) -> Facts:
    """Read the facts of a folder, as `measure` wrote them."""
    pairs, hours, bands = (_table(folder / f"{name}.csv") for name in ("pairs", "hours", "bands"))
    at_pair = (pairs["pickup"].astype(int), pairs["dropoff"].astype(int))
    at_hour = (hours["weekday"].astype(int), hours["hour"].astype(int))
    return Facts(
        zones=_by_zone(_table(folder / "zones.csv")),
        bands={end: _by_band(bands, end) for end in ("pickup", "dropoff")},
        pairs={name: _placed(at_pair, pairs[name], (ZONES, ZONES), 1.0) for name in ("lift", "miles", "pace")},
        hours={name: _placed(at_hour, hours[name], (7, 24), 0.0) for name in ("rides", "pace")},
        more=json.loads((folder / "facts.json").read_text()),
    )


def _table(path: Path) -> dict[str, Floats]:
    with path.open(newline="") as file:
        names, *rows = csv.reader(file)
    columns = np.array(rows, dtype=np.float64).T
    return dict(zip(names, columns, strict=True))


def _by_zone(table: dict[str, Floats]) -> dict[str, Floats]:
    at = (table["zone"].astype(int),)
    return {name: _placed(at, column, (ZONES,), 0.0) for name, column in table.items() if name != "zone"}


def _by_band(table: dict[str, Floats], end: str) -> Floats:
    rows = [column for name, column in table.items() if name.startswith(end)]
    at = (table["zone"].astype(int),)
    return np.array([_placed(at, row, (ZONES,), 1.0) for row in rows])


def _placed(at: tuple[NDArray[Any], ...], values: Floats, shape: tuple[int, ...], elsewhere: float) -> Floats:
    table = np.full(shape, elsewhere)
    table[at] = values
    return table
