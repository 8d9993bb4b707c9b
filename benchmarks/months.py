"""What the report says of real months, each as one window, against a model of the first two.

python benchmarks/months.py FOLDER

FOLDER holds the TLC's yellow_tripdata_YYYY-MM.parquet. The report's own code counts and judges, on rows in memory.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

from contracts.profile import Profile  # noqa: E402 - the path must be set first
from monitoring.columns import column_reports, cyclic  # noqa: E402 - the same
from monitoring.performance import performance_of  # noqa: E402 - the same
from monitoring.profile import profile_of  # noqa: E402 - the same
from ridewatch.sources.load import load  # noqa: E402 - the same
from ridewatch.sources.table import RideTable, concatenate  # noqa: E402 - the same
from ridewatch.training.columns import Columns  # noqa: E402 - the same
from ridewatch.training.judging import answers_of  # noqa: E402 - the same
from ridewatch.training.lesson import lesson_of  # noqa: E402 - the same
from ridewatch.training.reference import with_outcomes  # noqa: E402 - the same
from ridewatch.training.train import Trained, train  # noqa: E402 - the same

LEARNT = 2
WEEKS = np.timedelta64(28, "D")
LEAST = 50


def main() -> None:
    """Train on the first two months and judge the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    files = sorted(parser.parse_args().folder.glob("yellow_tripdata_*.parquet"))
    trained = train(concatenate([load(str(file)) for file in files[:LEARNT]]), (), datetime.now(UTC))
    print("| month | rides | MAE, min | bias, min | moved |\n| --- | ---: | ---: | ---: | --- |")
    for file in files[LEARNT:]:
        print(f"| {' | '.join(_row(file.stem[-7:], load(str(file)), trained))} |")


def _row(month: str, rides: RideTable, trained: Trained) -> Iterator[str]:
    reference = Profile.model_validate_json(trained.artifacts["profile"])
    inside = rides.take(rides.pickup_time.astype("datetime64[M]") == np.datetime64(month))
    weeks = inside.take(inside.pickup_time < np.datetime64(month) + WEEKS)
    now = profile_of(reference.spec, _columns(inside, trained))
    columns = column_reports(now, profile_of(cyclic(reference.spec), _columns(weeks, trained)), reference, LEAST)
    found = performance_of(now, reference, LEAST)
    moved = [f"{column.name} {column.psi_corrected:.2f}" for column in columns if column.drifted]
    yield from (month, f"{now.rows:,}", f"{found.mae:.2f}", f"{found.bias:+.2f}", ", ".join(moved) or "nothing")


def _columns(rides: RideTable, trained: Trained) -> Columns:
    lesson = lesson_of(rides, dates=False)
    return with_outcomes(lesson.features, answers_of(trained.regressor, lesson.matrix), lesson.minutes)


if __name__ == "__main__":
    main()
