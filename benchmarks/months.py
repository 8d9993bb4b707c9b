"""What the report says of real months, each as one window, against a model of the first two.

python benchmarks/months.py FOLDER

FOLDER holds the TLC's yellow_tripdata_YYYY-MM.parquet. The report's own code counts and judges, on rows in memory.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

from contracts.findings import ColumnReport, Estimate  # noqa: E402 - the path must be set first
from monitoring.profiles import reference  # noqa: E402 - the same
from monitoring.profiles.comparison import Comparison  # noqa: E402 - the same
from monitoring.profiles.counting import code  # noqa: E402 - the same
from monitoring.profiles.observed import Observed, observed_rows  # noqa: E402 - the same
from monitoring.profiles.reference import Reference  # noqa: E402 - the same
from monitoring.window.before_labels import before_labels_of  # noqa: E402 - the same
from monitoring.window.columns import column_reports  # noqa: E402 - the same
from monitoring.window.performance import performance_of  # noqa: E402 - the same
from monitoring.window.sentences import ranked  # noqa: E402 - the same
from ridewatch.sources.load import load  # noqa: E402 - the same
from ridewatch.sources.table import RideTable, concatenate  # noqa: E402 - the same
from ridewatch.training.learning import Learnt  # noqa: E402 - the same
from ridewatch.training.lesson import Lesson, lesson_of  # noqa: E402 - the same
from ridewatch.training.reference import hours_of, with_outcomes  # noqa: E402 - the same
from ridewatch.training.train import train  # noqa: E402 - the same

LEARNT = 2
WEEKS = np.timedelta64(28, "D")
LEAST = 50
SIDES = {"long": ", answers too long", "short": ", answers too short"}
HEADS = ("month", "MAE, min", "bias, min", "skill", "expected MAE", "covariate + concept", "named", "covered", "moved")


def main() -> None:
    """Train on the first two months and judge the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    files = sorted(parser.parse_args().folder.glob("yellow_tripdata_*.parquet"))
    taught = Taught.on(concatenate([load(str(file)) for file in files[:LEARNT]]))
    print(f"| {' | '.join(HEADS)} |\n|{' --- |' * len(HEADS)}")
    for file in files[LEARNT:]:
        print(f"| {' | '.join(_row(file.stem[-7:], load(str(file)), taught))} |")


class Taught(NamedTuple):
    """What learnt from the first months, and what the others are held against."""

    learnt: Learnt
    known: Reference

    @classmethod
    def on(cls, rides: RideTable) -> Self:
        """Train on rides."""
        trained = train(rides, (), datetime.now(UTC))
        return cls(trained.learnt, reference.unpacked(trained.artifacts["profile"]))

    def window(self, rides: RideTable) -> Comparison:
        """Answer rides and hold them against the reference."""
        found = self._observed(lesson_of(rides, dates=False))
        return Comparison(found, self.known.at(found.rows, found.judged), self.known, LEAST)

    def weeks(self, rides: RideTable) -> Comparison:
        """Hold whole weeks of rides against whole weeks of the reference."""
        found = self._observed(lesson_of(rides, dates=False))
        return Comparison(found, self.known.of_whole_weeks, self.known, LEAST)

    def _observed(self, lesson: Lesson) -> Observed:
        columns = with_outcomes(lesson.features, minutes=lesson.minutes, **self.learnt.says(lesson)._asdict())
        return observed_rows(code(self.known.spec, columns), hours_of(lesson.chosen.rides))


def _row(month: str, rides: RideTable, taught: Taught) -> Iterator[str]:
    inside = rides.take(rides.pickup_time.astype("datetime64[M]") == np.datetime64(month))
    weeks = inside.take(inside.pickup_time < np.datetime64(month) + WEEKS)
    window = taught.window(inside)
    found, foreseen = performance_of(window), before_labels_of(window)
    yield from (month, _told(found.mae, "{:.2f}"), _told(found.bias, "{:+.2f}"), _told(found.skill, "{:.2f}"))
    yield _told(foreseen.foreseen, "{:.2f}")
    yield " + ".join(f"{part.value:+.2f}" for part in (foreseen.covariate, foreseen.concept) if part)
    yield f"{foreseen.cause}{SIDES.get(foreseen.side or 'either', '')}"
    yield f"{foreseen.coverage.value:.1%}" if foreseen.coverage else "–"
    yield _moved(column_reports(window, taught.weeks(weeks)))


def _moved(columns: Sequence[ColumnReport]) -> str:
    moved = [f"{column.name} {column.psi_corrected:.2f}" for column in ranked(columns) if column.drifted]
    return ", ".join(moved) or "nothing"


def _told(estimate: Estimate | None, form: str) -> str:
    if estimate is None:
        return "–"
    low, high, known = (
        form.format(v) if v is not None else "–" for v in (estimate.low, estimate.high, estimate.reference)
    )
    return f"{form.format(estimate.value)} ({low} … {high}; {known})"


if __name__ == "__main__":
    main()
