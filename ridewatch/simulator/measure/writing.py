"""The facts as files that a person can read."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ridewatch.simulator.clock import BANDS
from ridewatch.simulator.facts import ZONES, Facts, Floats

NOT_LIFTED = 1.0


def write(facts: Facts, folder: Path) -> None:
    """Write what `ridewatch.simulator.facts.read` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_table(folder / "zones.csv", ["zone", *facts.zones], _zone_rows(facts.zones))
    _write_table(folder / "bands.csv", ["zone", *_band_names()], _band_rows(facts.bands))
    _write_table(folder / "pairs.csv", ["pickup", "dropoff", *facts.pairs], _cells(facts.pairs, NOT_LIFTED))
    _write_table(folder / "hours.csv", ["weekday", "hour", *facts.hours], _cells(facts.hours, None))
    (folder / "facts.json").write_text(_json(dict(facts.more)))


def _zone_rows(zones: dict[str, Floats]) -> Iterable[Sequence[Any]]:
    return ((zone, *(_short(column[zone], 6) for column in zones.values())) for zone in range(1, ZONES))


def _band_names() -> list[str]:
    return [f"{end}_{band}" for end in ("pickup", "dropoff") for band in range(BANDS)]


def _band_rows(bands: dict[str, Floats]) -> Iterable[Sequence[Any]]:
    lifts = np.concatenate([bands["pickup"], bands["dropoff"]])
    return ((zone, *(_short(lift, 2) for lift in lifts[:, zone])) for zone in range(1, ZONES))


def _cells(tables: dict[str, Floats], usual: float | None) -> Iterable[Sequence[Any]]:
    """Rows of each cell where some table is not as usual."""
    stacked = np.array(list(tables.values()))
    there = np.ones(stacked.shape[1:], bool) if usual is None else (stacked.round(3) != usual).any(axis=0)
    return ((row, column, *(_short(v, 3) for v in stacked[:, row, column])) for row, column in np.argwhere(there))


def _short(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"


def _write_table(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)


def _json(document: dict[str, Any]) -> str:
    """One fact a line."""
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in document.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"
