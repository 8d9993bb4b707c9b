"""`ridewatch backtest`."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ridewatch.commands.outcome import failing_on

if TYPE_CHECKING:
    from ridewatch.backtest.backtest import Sources
    from ridewatch.backtest.plan import Plan
    from ridewatch.backtest.result import Backtest
    from ridewatch.faults.fault import Fault

EVERY = "all"


@dataclass(frozen=True)
class Asked:
    """What is to be backtested."""

    data: list[str]
    train: list[str]
    faults: list[str]
    faults_file: Path | None
    limit: int | None


@dataclass(frozen=True)
class Wanted:
    """What is to be written."""

    as_json: bool
    page: Path | None


def backtest(asked: Asked, plan: "Plan", wanted: Wanted) -> None:
    """Backtest, and say what came of it."""
    from rich.console import Console

    from ridewatch.backtest.backtest import backtest as run
    from ridewatch.progress import progress
    from ridewatch.sources.errors import SourceError
    from ridewatch.training.errors import TrainingError

    with failing_on(SourceError, TrainingError, OSError):
        faults = _faults(asked)
        data, train = (_sources(names, asked.limit, plan.seed) for names in (asked.data, asked.train))
        with progress(len(data.rides) * (len(faults) + 1), Console(stderr=True), hidden=wanted.as_json) as tell:
            result = run(data, train, faults, plan, tell)
        _tell(result, wanted)


def plan_of(  # noqa: PLR0913 - one option, one argument
    schedule: str, delay: str, lost: float, budget: tuple[float, float], *, seed: int, defaults: bool
) -> "Plan":
    """Read the plan; what is wrong with it is told in one line."""
    from ridewatch.backtest.labels import Labels
    from ridewatch.backtest.plan import Plan
    from ridewatch.sources.errors import SourceError

    with failing_on(SourceError):
        return Plan(schedule, Labels.parse(delay, lost), *budget, seed=seed, defaults=defaults)  # type: ignore[arg-type]


def _sources(names: list[str], limit: int | None, seed: int) -> "Sources":
    from ridewatch.backtest.backtest import Sources
    from ridewatch.sources.load import load
    from ridewatch.sources.table import concatenate

    rides = concatenate([load(name, seed=seed, limit=limit) for name in names]).in_pickup_order()
    return Sources(tuple(names), rides)


def _faults(asked: Asked) -> "list[Fault]":
    from ridewatch.faults.fault import fault_of, faults, read

    known = read(asked.faults_file.read_text(encoding="utf-8")) if asked.faults_file else faults()
    for name in known:
        fault_of(name)
    if EVERY in asked.faults or (asked.faults_file and not asked.faults):
        return list(known.values())
    return [fault_of(name, known) for name in asked.faults]


def _tell(result: "Backtest", wanted: Wanted) -> None:
    from ridewatch.backtest.markdown import markdown
    from ridewatch.backtest.page import page

    if wanted.page:
        wanted.page.write_text(page(result), encoding="utf-8")
    print(result.model_dump_json(indent=1) if wanted.as_json else markdown(result), end="\n" if wanted.as_json else "")
