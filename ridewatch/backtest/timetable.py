"""Which rides are asked, and of which the duration is told, in each hour of simulated time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contracts.ride import NEW_YORK
from ridewatch.backtest.labels import Labels
from ridewatch.faults.changes import greenwich_ahead
from ridewatch.faults.fault import BUSY
from ridewatch.sources.table import RideTable

Times = NDArray[np.datetime64]
NEAR = np.timedelta64(3, "D")
"""Days no farther apart are of one run."""


class Tick(NamedTuple):
    """What happens within one hour, all of it at its end."""

    end: datetime
    asked: list[int]
    told: list[int]


@dataclass(frozen=True)
class Timetable:
    """Rides in the order in which they are asked; times are UTC."""

    rides: RideTable
    asked_at: Times
    told_at: Times
    """NaT where the duration never is told."""

    @classmethod
    def of(cls, rides: RideTable, labels: Labels, seed: int) -> "Timetable":
        """Ask each ride at its pickup; one whose date is wrong at any time of the days that hold rides."""
        rng = np.random.default_rng(seed)
        delays = labels.draw(len(rides), rng)
        asked = to_utc(_in_range(rides.pickup_time, rng))
        minutes = rides.duration_minutes
        lasting = (np.clip(np.nan_to_num(minutes), 0, None) * 60e6).astype("timedelta64[us]")
        told = np.where(np.isfinite(minutes), asked + lasting + delays, np.datetime64("NaT"))
        order = np.argsort(asked, kind="stable")
        return cls(rides.take(order), asked[order], told[order])

    @property
    def start(self) -> datetime:
        """The first hour's beginning."""
        return moment(self.asked_at[0].astype("datetime64[h]"))

    @property
    def days(self) -> int:
        """Count the local days on which rides are asked."""
        hours = np.unique(self.asked_at.astype("datetime64[h]"))
        return len({moment(hour).astimezone(NEW_YORK).date() for hour in hours})

    def ticks(self) -> Iterator[Tick]:
        """Give every hour in which something happens, in order."""
        asked, told = (_by_hour(times) for times in (self.asked_at, self.told_at))
        for hour in sorted({*asked, *told}):
            end = moment(np.datetime64(hour + 1, "h"))
            yield Tick(end, asked.get(hour, []), told.get(hour, []))

    def asked_before(self, when: datetime) -> int:
        """Count the rides that are asked before a moment."""
        return int(np.searchsorted(self.asked_at, np.datetime64(when.astimezone(UTC).replace(tzinfo=None), "us")))

    def asked_between(self, start: datetime, end: datetime) -> int:
        """Count the rides that are asked from one moment to another."""
        return self.asked_before(end) - self.asked_before(start)


def to_utc(times: Times) -> Times:
    """Give New York's wall clock in UTC."""
    found: Times = times + greenwich_ahead(times)
    return found


def moment(time: np.datetime64) -> datetime:
    """Give a time of UTC as a datetime."""
    found: datetime = time.astype("datetime64[us]").astype(datetime).replace(tzinfo=UTC)
    return found


def _in_range(pickups: Times, rng: np.random.Generator) -> Times:
    """Put pickups of days far from all that hold many rides, or that are missing, at any of the others' times."""
    known = ~np.isnat(pickups)
    days, places, counts = np.unique(
        np.where(known, pickups, pickups[known].min()).astype("datetime64[D]"), return_inverse=True, return_counts=True
    )
    runs = np.cumsum(np.diff(days, prepend=days[:1]) > NEAR)
    usual = known & np.isin(runs, runs[counts >= BUSY * counts.max()])[places]
    drawn = rng.choice(pickups[usual], len(pickups))
    found: Times = np.where(usual, pickups, drawn)
    return found


def _by_hour(times: Times) -> dict[int, list[int]]:
    """Give the places of the times of each hour, in order of time."""
    order = np.argsort(times, kind="stable")[: int((~np.isnat(times)).sum())]
    hours = times[order].astype("datetime64[h]").astype(np.int64)
    starts = np.flatnonzero(np.diff(hours, prepend=hours[:1] - 1))
    ends = [*starts[1:].tolist(), len(hours)]
    return {int(hours[start]): order[start:end].tolist() for start, end in zip(starts.tolist(), ends, strict=True)}
