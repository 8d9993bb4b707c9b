"""False pages in quiet quarters, and what they cost in delay, by the detector's own code.

python benchmarks/quiet_quarters.py [--quarters 200] [--budget 1] [--seed 0] [--json]

Days, weeks and seasons differ as measured (ridewatch/simulator/quiet.py). Then the same quarters with a fault from
their middle on: every answer too long, or too short, by so many minutes.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

from contracts.error_watch import ErrorWatch  # noqa: E402 - the checkout need not be installed
from monitoring.watch.blocks import BLOCKS_A_QUARTER, block_size, blocks_of  # noqa: E402
from monitoring.watch.error_watch import page_of, watched  # noqa: E402
from monitoring.watch.false_alarms import page_threshold  # noqa: E402
from monitoring.watch.losses import Tolerated, tolerated  # noqa: E402
from ridewatch.simulator.quiet import DAYS, quiet_quarter, usual  # noqa: E402

RIDES_A_DAY = 333
STREAMS = 3
FAULTS = (-4.0, -3.0, 3.0, 4.0)
START = datetime(2019, 4, 1, tzinfo=UTC)
Floats = NDArray[np.float64]


class Rule(NamedTuple):
    """What is tolerated, and how much evidence a page takes."""

    tolerated: Tolerated
    threshold: float


class Opening(NamedTuple):
    """A page that opened."""

    side: str
    rows: int
    began: datetime


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quarters", type=int, default=200)
    parser.add_argument("--budget", type=float, default=1.0, help="false pages a quarter")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    measured = measure(given.quarters, given.budget, given.seed)
    print(json.dumps(measured) if given.json else "\n".join(f"{name:32} {value}" for name, value in measured.items()))


def measure(quarters: int, budget: float, seed: int) -> dict[str, float]:
    """Count false pages a quarter; with faults, the share found and the median delay in rides."""
    rng = np.random.default_rng(seed)
    known = usual(rng)
    rule = Rule(tolerated(known.mae, known.bias), page_threshold(budget, STREAMS, BLOCKS_A_QUARTER))
    quiet = [quiet_quarter(RIDES_A_DAY, rng) for _ in range(quarters)]
    found: dict[str, float] = {"quarters": quarters, "budget": budget}
    found["false_pages_a_quarter"] = sum(len(openings(errors, rule)) for errors in quiet) / quarters
    for minutes in FAULTS:
        found |= _with_fault(quiet, minutes, rule)
    return found


def openings(errors: Floats, rule: Rule) -> list[Opening]:
    """Watch a quarter and give the pages that opened in it."""
    watch, pages, was_open = ErrorWatch(model_version="simulated"), [], False
    rows = errors.ravel()
    ids = [f"{row:09d}" for row in range(len(rows))]
    for block in blocks_of(ids, _times(errors), rows, block_size(RIDES_A_DAY)):
        watch = watched(watch, [block], *rule)
        page = page_of(watch)
        if page and not was_open:
            pages.append(Opening(page.side, page.opened.rows, page.opened.began))
        was_open = page is not None
    return pages


def _times(errors: Floats) -> list[datetime]:
    return [START + timedelta(days=row / errors.shape[1]) for row in range(errors.size)]


def _with_fault(quiet: list[Floats], minutes: float, rule: Rule) -> dict[str, float]:
    found = list(_delays(quiet, minutes, rule))
    name = f"{abs(minutes):g}_min_too_{'long' if minutes > 0 else 'short'}"
    delays, late = zip(*found, strict=True) if found else ((np.nan,), (np.nan,))
    return {
        f"{name}_found": len(found) / len(quiet),
        f"{name}_median_rides": float(np.median(delays)),
        f"{name}_began_off_by_hours": float(np.median(np.abs(late))),
    }


def _delays(quiet: list[Floats], minutes: float, rule: Rule) -> Iterator[tuple[int, float]]:
    """Give rides until the page, and the hours by which it misses when the fault began."""
    middle = DAYS // 2
    for errors in quiet:
        faulty = errors + minutes * (np.arange(DAYS) >= middle)[:, None]
        began = START + timedelta(days=middle)
        for page in openings(faulty, rule):
            if page.rows > middle * RIDES_A_DAY:
                yield page.rows - middle * RIDES_A_DAY, (page.began - began).total_seconds() / 3600
                break


if __name__ == "__main__":
    main()
