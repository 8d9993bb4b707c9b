"""What a cold start of the built `predict` costs, beside a naive Lambda's: `python benchmarks/cold_start.py`.

In CPU seconds (user and system) of a fresh, isolated process of the runtime's Python, from its first import to the
first answer; the interpreter's own start is left out, the median of N is shown. On the path are the function as it
was built (`make build`) and what the Lambda runtime provides, nothing else. AWS and MongoDB are the embedded stack,
so other processes. The naive Lambda (`benchmarks/naive_lambda`: scikit-learn pickled, pandas, pymongo) is built from
its lock into a scratch folder, and loads a model of the same kind, trained on the same rides.
"As shipped" is what lies in the folder: of a requirements.txt `sam build` ships sources alone, ours are compiled by the
build. "Compiled" has compiled files for both. Files are not kept compiled between runs: Lambda's folder is read-only.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

from adapters.objects import Objects  # noqa: E402 - the path comes first
from building.bytecode import python_of  # noqa: E402 - the path comes first
from ridewatch.embedded import control  # noqa: E402 - the same
from ridewatch.embedded.aws import CREDENTIALS  # noqa: E402 - the same
from ridewatch.embedded.home import Home  # noqa: E402 - the same
from ridewatch.embedded.state import Stack  # noqa: E402 - the same
from ridewatch.sources.load import load  # noqa: E402 - the same
from ridewatch.sources.table import RideTable  # noqa: E402 - the same
from ridewatch.training.columns import feature_columns  # noqa: E402 - the same
from ridewatch.training.publishing import publish  # noqa: E402 - the same
from ridewatch.training.train import train  # noqa: E402 - the same
from tests.calls import call  # noqa: E402 - the same

NAIVE = ROOT / "benchmarks" / "naive_lambda"
PREDICT = ROOT / ".aws-sam" / "build" / "PredictFunction"
TARGET = 0.5
RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six.py", "urllib3")
RIDE = {"ride_id": "r1", "pickup_zone": 10, "dropoff_zone": 50, "distance": 4.2, "pickup_time": "2019-03-01T08:30:00"}
MODEL = "naive/model.pkl"
RIDES = 5_000
ASKED = """
import importlib, json, sys, time, types
before = time.process_time()
sys.path[:0] = sys.argv[1:3]
context = types.SimpleNamespace(function_name="f", memory_limit_in_mb=1024, invoked_function_arn="", aws_request_id="",
    get_remaining_time_in_millis=lambda: 10_000)
answer = importlib.import_module(sys.argv[3]).handler(json.loads(sys.argv[4]), context)
took = time.process_time() - before
assert answer["statusCode"] == 200, answer
print(json.dumps(took))
"""


@dataclass(frozen=True)
class Built:
    """A function that can be started."""

    name: str
    folder: pathlib.Path
    module: str


def main() -> None:
    """Build, measure in turns, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--python", default=python_of("3.13"), help="the runtime's own Python")
    parser.add_argument("--built", type=pathlib.Path, default=PREDICT, help="the built function")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        builds = _builds(pathlib.Path(scratch), options.built, options.python)
        print("\n".join(_measured(builds, pathlib.Path(scratch), options.python, options.runs)))


def _measured(built: Sequence[Built], scratch: pathlib.Path, python: str, runs: int) -> list[str]:
    home = Home(scratch / "home")
    home.folder.mkdir()
    try:
        stack, _ = control.up(where=home)
        environment = _prepared(stack, scratch, python)
        times: dict[str, list[float]] = {it.name: [] for it in built}
        for _ in range(runs + 1):
            for it in built:
                times[it.name].append(_seconds(it, scratch / "runtime", python, environment))
    finally:
        control.down(home)
    return _table({name: statistics.median(seconds[1:]) for name, seconds in times.items()})


def _builds(scratch: pathlib.Path, predict: pathlib.Path, python: str) -> list[Built]:
    """Lay out both functions as shipped and compiled, and the runtime's own packages."""
    _install(python, scratch / "naive")
    shutil.copytree(predict, scratch / "ours", ignore=shutil.ignore_patterns("__pycache__"))
    for package in RUNTIME:
        _copy(pathlib.Path(np.__file__).parents[1] / package, scratch / "runtime" / package)
    modules = {"ours": "predict.app", "naive": "app"}
    for name in modules:
        shutil.copytree(scratch / name, scratch / f"{name} compiled")
    for folder in ("runtime", "ours compiled", "naive compiled"):
        _run([python, "-m", "compileall", "-q", "-j", "2", str(scratch / folder)], check=False)
    return [
        Built(f"{name}, {how}", scratch / folder, module)
        for name, module in modules.items()
        for how, folder in (("as shipped", name), ("compiled", f"{name} compiled"))
    ]


def _install(python: str, folder: pathlib.Path) -> None:
    pinned = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--no-compile", "-r", NAIVE / "requirements.txt"]
    _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", folder, *pinned])
    shutil.copy(NAIVE / "app.py", folder)


def _copy(source: pathlib.Path, target: pathlib.Path) -> None:
    target.parent.mkdir(exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _prepared(stack: Stack, scratch: pathlib.Path, python: str) -> dict[str, str]:
    """Publish both models, learnt from the same rides; give the environment of both functions."""
    rides = load("simulated", limit=RIDES)
    publish(train(rides, ["simulated"], datetime.now(UTC)), stack)
    _write(rides, scratch / "rides.csv")
    path = {"PYTHONPATH": str(scratch / "naive compiled")}
    _run([python, NAIVE / "train.py", scratch / "rides.csv", scratch / "model.pkl"], environment=path)
    Objects(stack.client("s3"), stack.bucket).put(MODEL, (scratch / "model.pkl").read_bytes())
    ours = {"QUEUE_URL": stack.queue_url, "CHAMPION_PARAMETER": stack.champion_parameter}
    naive = {"MODEL_KEY": MODEL, "MONGODB_URI": stack.mongodb_uri}
    return CREDENTIALS | ours | naive | {"BUCKET": stack.bucket, "AWS_ENDPOINT_URL": stack.endpoint_url}


def _write(rides: RideTable, target: pathlib.Path) -> None:
    columns = feature_columns(rides)
    names = ("pickup_zone", "dropoff_zone", "distance", "hour", "weekday")
    table = np.column_stack([*(columns[name].astype(float) for name in names), rides.duration_minutes])
    table = table[np.isfinite(table).all(axis=1)]
    np.savetxt(target, table, delimiter=",", header=",".join([*names, "minutes"]), comments="", fmt="%g")


def _seconds(built: Built, runtime: pathlib.Path, python: str, environment: Mapping[str, str]) -> float:
    event = json.dumps(call("POST", "/predict", RIDE))
    command = [python, "-I", "-S", "-B", "-c", ASKED, built.folder, runtime, built.module, event]
    return float(json.loads(_run(command, environment=environment).stdout.splitlines()[-1]))


def _run(
    command: list[str | pathlib.Path], *, environment: Mapping[str, str] | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | (environment or {})
    return subprocess.run(command, env=environment, text=True, stdout=subprocess.PIPE, check=check)


def _table(medians: Mapping[str, float]) -> list[str]:
    rows = [
        f"| {how} | {medians[f'ours, {how}']:.2f} | {medians[f'naive, {how}']:.2f} "
        f"| {medians[f'ours, {how}'] / medians[f'naive, {how}']:.2f} |"
        for how in ("as shipped", "compiled")
    ]
    title = "| import and first answer, CPU-s | predict | naive | ratio |"
    return [title, "| --- | --- | --- | --- |", *rows, f"At most {TARGET} × the naive one is wanted."]


if __name__ == "__main__":
    main()
