"""Whether the report's statistics are what they claim: flags once in twenty at the bound, intervals that hold in 95 %.

python benchmarks/calibration.py [--simulations 1000] [--seed 0]

Prints the tables of docs/statistics.md. A reference of 60 days of 330 rows is drawn anew for each simulation, and what
training learns from its days is learnt from them. Intervals, which are quick, are simulated twice as often.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

from benchmarks.calibrating import columns, errors, joint, volumes  # noqa: E402 - the path must be set first

Row = tuple[list[str], dict[str, float]]

ALIKE = [(100, 1), (200, 1), (2_100, 7), (9_920, 31), (49_600, 31)]
CLUSTERED = [(100, 1), (200, 1), (210, 7), (1_000, 1), (2_100, 7), (5_000, 1), (9_920, 31), (50_000, 1)]
DRIFTING: dict[columns.Days, list[tuple[int, int]]] = {
    "alike": [(200, 1), (1_050, 7), (49_600, 31)],
    "varied": [(200, 1), (1_050, 7), (50_000, 1)],
    "swinging": [(200, 1), (1_050, 7), (50_000, 1), (49_600, 31)],
}
JOINT: dict[columns.Days, list[tuple[int, int]]] = {
    "alike": [(200, 1), (4_960, 31)],
    "varied": [(1_050, 7)],
    "swinging": [(210, 7), (1_050, 7), (1_000, 1)],
}
"""Windows: so many rows, on so many days."""


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--simulations", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    luck, simulations = np.random.default_rng(given.seed), given.simulations
    show("How often an interval holds the truth", ["days", "rows", "on days"], _intervals(luck, 2 * simulations))
    show("How often PSI's rule flags a column", ["days", "rows", "on days"], _drift(luck, simulations))
    show("The domain classifier without drift", ["days", "rows", "on days"], _joint(luck, simulations))
    show("How often a week like the others is usual", ["weeks"], _volume(luck, simulations))


def show(title: str, keys: list[str], rows: Iterable[Row]) -> None:
    """Print a table, row by row as they are known."""
    for number, (names, shares) in enumerate(rows):
        if number == 0:
            print(f"\n**{title}**\n\n| {' | '.join([*keys, *shares])} |")
            print(f"|{' --- |' * len(keys)}{' ---: |' * len(shares)}")
        print(
            f"| {' | '.join([*names, *(f'{share:.1%}'.replace('%', ' %') for share in shares.values())])} |", flush=True
        )


def _intervals(luck: np.random.Generator, simulations: int) -> Iterator[Row]:
    for clustered, windows in ((False, ALIKE), (True, CLUSTERED)):
        for rows, days, shares in errors.coverage(luck, windows, simulations, clustered=clustered):
            yield _named("swinging" if clustered else "alike", rows, days), shares


def _drift(luck: np.random.Generator, simulations: int) -> Iterator[Row]:
    for kind, windows in DRIFTING.items():
        for rows, days, shares in columns.flags(luck, windows, simulations, kind):
            yield _named(kind, rows, days), shares


def _joint(luck: np.random.Generator, simulations: int) -> Iterator[Row]:
    for kind, windows in JOINT.items():
        for rows, days, shares in joint.areas(luck, windows, simulations, kind):
            yield _named(kind, rows, days), shares


def _volume(luck: np.random.Generator, simulations: int) -> Iterator[Row]:
    for name, shares in volumes.usual(luck, simulations):
        yield [name], shares


def _named(kind: str, rows: int, days: int) -> list[str]:
    return [kind, f"{rows:,}", str(days)]


if __name__ == "__main__":
    main()
