"""The passes of a backtest: the data as they are, and with each fault planted, side by side in processes."""

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from multiprocessing import get_context
from os import cpu_count
from typing import NamedTuple

import numpy as np

from ridewatch.backtest.course import Case, Course, run
from ridewatch.backtest.others import flags_of_others
from ridewatch.backtest.plain import Flag
from ridewatch.backtest.plan import Plan
from ridewatch.backtest.timetable import Timetable, moment, to_utc
from ridewatch.backtest.versions import Versions
from ridewatch.faults.fault import Fault
from ridewatch.faults.planting import planted
from ridewatch.sources.table import RideTable
from ridewatch.training.threads import on_one_thread

Progress = Callable[[int], None]


class Pass(NamedTuple):
    """What one pass came to."""

    fault: Fault | None
    begins: datetime | None
    table: Timetable
    course: Course
    others: list[Flag]


class Work(NamedTuple):
    """What every pass needs."""

    rides: RideTable
    versions: Versions
    plan: Plan


def passes(work: Work, faults: Sequence[Fault], on_progress: Progress) -> Iterator[Pass]:
    """Pass the rides as they are, then with each fault; each pass is one process's, its state is its own."""
    if not faults:
        yield one_pass(work, None, on_progress)
        return
    workers = min(cpu_count() or 1, len(faults) + 1)
    with ProcessPoolExecutor(workers, get_context("spawn"), _know, (work,)) as pool:
        running = [pool.submit(_in_process, fault) for fault in (None, *faults)]
        for done, future in enumerate(as_completed(running), start=1):
            on_progress(done * len(work.rides))
            yield future.result()


@on_one_thread
def one_pass(work: Work, fault: Fault | None, on_progress: Progress = lambda _: None) -> Pass:
    """Pass rides through a stack."""
    rides, begins = work.rides, None
    if fault:
        begins = moment(to_utc(np.array([fault.begins(rides)]))[0])
        rides = planted(rides, fault, seed=work.plan.seed)
    table = Timetable.of(rides, work.plan.labels, work.plan.seed)
    with _seldom_collecting():
        course = run(Case(table, fault, begins), work.versions, work.plan, on_progress)
    others = flags_of_others(course.predictions, work.versions.champion, defaults=work.plan.defaults)
    return Pass(fault, begins, table, replace(course, predictions=[]), others)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for cyclic garbage seldom: a pass makes little, and a tenth of its time would go into it."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


_known: list[Work] = []


def _know(work: Work) -> None:
    _known[:] = [work]


def _in_process(fault: Fault | None) -> Pass:
    return one_pass(_known[0], fault)
