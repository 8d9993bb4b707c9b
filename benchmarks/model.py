"""How good a model of the first two months is on each later one: python benchmarks/model.py FOLDER.

FOLDER holds the TLC's yellow_tripdata_YYYY-MM.parquet. One table of answers, doubts and the guard, one of each flag.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

from rides.flags import FLAGS, flags_of  # noqa: E402 - the path must be set first
from rides.guard import Guard  # noqa: E402 - the same
from ridewatch.sources.load import load  # noqa: E402 - the same
from ridewatch.sources.table import concatenate  # noqa: E402 - the same
from ridewatch.training.choice import Mask  # noqa: E402 - the same
from ridewatch.training.columns import ride_features  # noqa: E402 - the same
from ridewatch.training.learning import Learnt, Said  # noqa: E402 - the same
from ridewatch.training.lesson import Lesson, lesson_of  # noqa: E402 - the same
from ridewatch.training.train import train  # noqa: E402 - the same

LEARNT = 2
FAR_MILES = 5
AIRPORTS = (1, 132, 138)
HEADINGS = (
    (
        "month",
        "rides",
        "MAE",
        "bias",
        "MAE of the fallback",
        "expected MAE",
        "inside the interval",
        "flagged",
        "fallback",
    ),
    ("flag", "rides", "judged", "MAE of the model", "of the fallback"),
)


def main() -> None:
    """Train on the first two months and judge the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    files = sorted(parser.parse_args().folder.glob("yellow_tripdata_*.parquet"))
    learnt = train(concatenate([load(str(file)) for file in files[:LEARNT]]), (), datetime.now(UTC)).learnt
    months = {file.stem[-7:]: lesson_of(load(str(file)), dates=False) for file in files[LEARNT:]}
    print(_line(HEADINGS[0]), _line("---" for _ in HEADINGS[0]), sep="\n")
    for name, month in months.items():
        print("\n".join(map(_line, _judged(name, month, learnt))))
    print("", _line(HEADINGS[1]), _line("---" for _ in HEADINGS[1]), sep="\n")
    print("\n".join(map(_line, _flagged(next(iter(months.values())), learnt))))


def _line(cells: Iterator[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _judged(name: str, month: Lesson, learnt: Learnt) -> Iterator[tuple[str, ...]]:
    said, judged = learnt.says(month), month.chosen.judged
    flags = _flags(month, learnt)
    airport = np.isin(month.matrix[:, :2], AIRPORTS).any(axis=1)
    shares = (np.mean([bool(carried) for carried in flags]), np.isnan(said.estimated_error).mean())
    yield (name, *_errors(month, said, judged), *(f"{share:.1%}" for share in shares))
    yield (f"over {FAR_MILES} miles", *_errors(month, said, judged & (month.features["distance"] > FAR_MILES)), "", "")
    yield ("airports", *_errors(month, said, judged & airport), "", "")


def _errors(month: Lesson, said: Said, rides: Mask) -> Iterator[str]:
    yield f"{rides.sum():,}"
    errors = (said.predicted - month.minutes)[rides]
    naive = np.abs(said.naive - month.minutes)[rides]
    numbers = (np.abs(errors).mean(), errors.mean(), naive.mean(), np.nanmean(said.estimated_error[rides]))
    yield from (f"{number:.2f}" for number in numbers)
    yield f"{np.nanmean(said.covered[rides]):.1%}"


def _flags(month: Lesson, learnt: Learnt) -> NDArray[np.object_]:
    guard, flags = Guard(learnt.guard), np.empty(len(month.matrix), dtype=object)
    for place, ride in enumerate(ride_features(month.matrix)):
        flags[place] = (*flags_of(ride), *guard.flags(ride))
    return flags


def _flagged(month: Lesson, learnt: Learnt) -> Iterator[tuple[str, ...]]:
    flags, said = _flags(month, learnt), learnt.says(month)
    model = np.maximum(learnt.regressor.predict(month.matrix), 0)
    for flag in FLAGS:
        carried = np.array([flag in each for each in flags])
        judged = carried & month.chosen.judged
        errors = (np.abs(minutes - month.minutes)[judged] for minutes in (model, said.naive))
        told = (f"{error.mean():.2f}" if len(error) else "–" for error in errors)
        yield (f"`{flag}`", str(carried.sum()), str(judged.sum()), *told)


if __name__ == "__main__":
    main()
