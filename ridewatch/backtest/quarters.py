"""Quiet quarters: false pages of the watch over errors where nothing is wrong, and what they cost in delay.

Days, weeks and seasons differ as measured (ridewatch/simulator/quiet.py). Then the same quarters with a fault from
their middle on: every answer too long, or too short, by so many minutes.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np

from contracts.error_watch import ErrorWatch
from monitoring.watch.blocks import BLOCKS_A_QUARTER, block_size, blocks_of
from monitoring.watch.error_watch import page_of, watched
from monitoring.watch.false_alarms import page_threshold
from monitoring.watch.losses import Tolerated, tolerated
from ridewatch.simulator.facts import Floats
from ridewatch.simulator.quiet import DAYS, quiet_quarter, usual

RIDES_A_DAY = 333
STREAMS = 3
FAULTS = (-4.0, -3.0, 3.0, 4.0)
START = datetime(2019, 4, 1, tzinfo=UTC)


class Rule(NamedTuple):
    """What is tolerated, and how much evidence a page takes."""

    tolerated: Tolerated
    threshold: float


class Opening(NamedTuple):
    """A page that opened."""

    side: str
    rows: int
    began: datetime


def measure(quarters: int, budget: float, seed: int, faults: Sequence[float] = FAULTS) -> dict[str, float]:
    """Count false pages a quarter; with faults, the share found and the median delay in rides."""
    rng = np.random.default_rng(seed)
    known = usual(rng)
    rule = Rule(tolerated(known.mae, known.bias), page_threshold(budget, STREAMS, BLOCKS_A_QUARTER))
    quiet = [quiet_quarter(RIDES_A_DAY, rng) for _ in range(quarters)]
    found: dict[str, float] = {"quarters": quarters, "budget": budget}
    found["false_pages_a_quarter"] = sum(len(openings(errors, rule)) for errors in quiet) / quarters
    for minutes in faults:
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
