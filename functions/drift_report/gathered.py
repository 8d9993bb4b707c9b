"""What a window holds, gathered in one pass over its rows, a few thousand at a time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from contracts.profile import Profile, ProfileSpec
from contracts.report import Volume
from contracts.window import Window
from drift_report.reference import Columns, Reference
from drift_report.rows import Row, chunks, columns_of
from drift_report.sample import Sample
from monitoring.columns import cyclic
from monitoring.profile import add, empty, profile_of


@dataclass(frozen=True)
class Gathered:
    """The numbers of a window before they are judged."""

    profile: Profile
    weeks: Profile | None
    """Of the columns that are judged on whole weeks, the rows of these; None if the window holds no whole week."""
    volume: Volume
    sample: Columns


class Volumes:
    """Counts of what the rows are."""

    def __init__(self) -> None:
        self._rides: set[int] = set()
        self._counts: Counter[str] = Counter()
        self._flags: Counter[str] = Counter()

    def add(self, rows: list[Row]) -> None:
        """Count some rows; rides are told apart by the 64-bit hash of their id, in half the memory of the id."""
        self._rides.update(hash(row["ride"]["ride_id"]) for row in rows)
        self._flags.update(flag for row in rows for flag in row.get("flags", ()))
        self._counts["predictions"] += len(rows)
        self._counts["labelled"] += sum("actual" in row for row in rows)
        self._counts["fallbacks"] += sum(row.get("served_by") == "fallback" for row in rows)

    def volume(self, rejections: int) -> Volume:
        """Give the counts."""
        counts = {name: self._counts[name] for name in ("predictions", "labelled", "fallbacks")}
        return Volume(rides=len(self._rides), rejections=rejections, flagged=dict(self._flags), **counts)


def gather(
    rows: Iterable[Row], reference: Reference, weeks: Window | None, rejections: int, sample_rows: int
) -> Gathered:
    """Count the rows by bin, those of whole weeks apart, and keep a sample."""
    spec, judged = reference.profile.spec, reference.judged_minutes
    profile, cycles = empty(spec), empty(cyclic(spec))
    volumes, sample = Volumes(), Sample(sample_rows)
    for chunk in chunks(rows):
        profile = add(profile, profile_of(spec, columns_of(spec, chunk, judged)))
        cycles = add(cycles, _of_weeks(cycles.spec, chunk, weeks))
        volumes.add(chunk)
        sample.add(chunk)
    sampled = columns_of(spec, sample.rows(), judged)
    return Gathered(profile, cycles if weeks else None, volumes.volume(rejections), sampled)


def _of_weeks(spec: ProfileSpec, chunk: list[Row], weeks: Window | None) -> Profile:
    inside = [row for row in chunk if weeks and weeks.start <= row["event_time"] < weeks.end]
    return profile_of(spec, columns_of(spec, inside, (0.0, 0.0)))
