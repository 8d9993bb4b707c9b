"""Replays rides through the HTTP API and tells their true durations afterwards."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from ridewatch.api import Answer, Api
from ridewatch.sources.table import RideTable

BATCH = 100
Told = Callable[[int], None]


@dataclass(frozen=True)
class Plan:
    """How to replay: rides per second (None: as fast as answered), seconds until actuals (None: never)."""

    rate: float | None = None
    actuals_after: float | None = 0.0
    batch: int = BATCH

    @property
    def step(self) -> int:
        """Rides per request: at most a second's worth when a rate is set."""
        return self.batch if self.rate is None else max(1, min(self.batch, int(self.rate)))


@dataclass
class Replayed:
    """What a replay did. Latencies are those of /predict requests, in seconds."""

    asked: int = 0
    predicted: int = 0
    refused: int = 0
    told: int = 0
    actuals_refused: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    def latency(self, share: float) -> float:
        """Give the quantile of the request latencies, in seconds; 0 when none was made."""
        return float(np.quantile(self.latencies, share)) if self.latencies else 0.0

    def and_then(self, later: "Replayed") -> "Replayed":
        """Add up two replays, one after the other."""
        both = {name: getattr(self, name) + getattr(later, name) for name in self.__dataclass_fields__}
        return Replayed(**both)


def replay(table: RideTable, api: Api, plan: Plan, on_progress: Told = lambda _: None) -> Replayed:
    """Ask for every ride's prediction in order, then tell each its actual when the plan says so."""
    done, waiting, began = Replayed(), deque[tuple[float, list[Answer]]](), time.monotonic()
    for start in _paced(len(table), plan, began):
        rows = range(start, min(start + plan.step, len(table)))
        actuals = _ask(table, rows, api, done)
        if plan.actuals_after is not None:
            waiting.append((time.monotonic() + plan.actuals_after, actuals))
        _tell_due(waiting, api, done)
        on_progress(done.asked)
    while waiting:
        time.sleep(max(0.0, waiting[0][0] - time.monotonic()))
        _tell_due(waiting, api, done)
    done.seconds = time.monotonic() - began
    return done


def _paced(rides: int, plan: Plan, began: float) -> Iterator[int]:
    for start in range(0, rides, plan.step):
        if plan.rate is not None:
            time.sleep(max(0.0, began + start / plan.rate - time.monotonic()))
        yield start


def _ask(table: RideTable, rows: range, api: Api, done: Replayed) -> list[Answer]:
    """Ask for the rows' predictions; give the actuals of those that were answered."""
    answers = api.predict([table.ride(row) for row in rows])
    done.latencies.append(api.latencies[-1])
    done.asked += len(rows)
    durations = table.duration_minutes
    actuals = [
        {"ride_id": answer["ride_id"], "duration_minutes": float(durations[row])}
        for row, answer in zip(rows, answers, strict=True)
        if "error" not in answer
    ]
    done.predicted += len(actuals)
    done.refused += len(rows) - len(actuals)
    return [actual for actual in actuals if np.isfinite(actual["duration_minutes"])]


def _tell_due(waiting: deque[tuple[float, list[Answer]]], api: Api, done: Replayed) -> None:
    while waiting and waiting[0][0] <= time.monotonic():
        _, actuals = waiting.popleft()
        receipts = api.tell(actuals) if actuals else []
        refused = sum("error" in receipt for receipt in receipts)
        done.actuals_refused += refused
        done.told += len(receipts) - refused
