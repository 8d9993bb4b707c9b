"""What a million predictions cost on AWS: `python benchmarks/costs.py [--rides-per-request N] [--predictions N]`.

Starts an embedded stack of its own, replays rides and actuals through it and takes the CPU time of each Lambda worker
(imports left out), log bytes and archived bytes; what AWS adds is assumed, below. One month, even traffic,
one actual for each prediction. MongoDB is not in it: Atlas and DocumentDB are paid by their size, not by predictions.
"""

import argparse
import pathlib
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import psutil

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

import prices  # noqa: E402 - the path comes first

from ridewatch.api import Api  # noqa: E402 - the same
from ridewatch.drain import await_recorded  # noqa: E402 - the same
from ridewatch.embedded import control  # noqa: E402 - the same
from ridewatch.embedded.deploy import STACK  # noqa: E402 - the same
from ridewatch.embedded.home import Home  # noqa: E402 - the same
from ridewatch.embedded.state import Stack  # noqa: E402 - the same
from ridewatch.replay import Plan, replay  # noqa: E402 - the same
from ridewatch.sources.load import load  # noqa: E402 - the same
from ridewatch.sources.table import RideTable  # noqa: E402 - the same
from ridewatch.training.publishing import publish  # noqa: E402 - the same
from ridewatch.training.train import train  # noqa: E402 - the same

MONTH = 30 * 24 * 3600
GB = 1024**3
VCPU_MB = 1769
"""The memory at which Lambda gives one CPU; less memory, less of it."""
PREDICT_MB, RECORD_MB, REPORT_MB = 1024, 512, 2048
PREDICT_WAIT, RECORD_WAIT = 0.015, 0.15
"""Seconds that are billed while a call waits: for SQS; for S3 and MongoDB, a batch."""
REPORT_RUNS, REPORT_SECONDS = 25 * 30, 20.0
BATCH_MESSAGES, BATCH_SECONDS = 50, 5
"""As template.yaml has them."""
OBJECTS_A_BATCH = 3
"""Predictions of one hour or two, and actuals."""
POLLS = 5 * MONTH / 20
"""Lambda's own long polls of an idle queue: five at a time, of 20 s."""
METRICS, ALARMS, SECRETS = 20, 9, 3
ACCESS_LOG_BYTES = 250
MONITOR_HOURS = 720 * 10 / 60
"""SageMaker Model Monitor: an hourly job of ten minutes, for each kind of monitor."""


@dataclass(frozen=True)
class Measured:
    """Of one request with its rides, and of one message in the queue."""

    predict_cpu: float
    record_cpu: float
    log_bytes: float
    archived_bytes: float


class Line(NamedTuple):
    """One line of the bill."""

    what: str
    amount: float
    price: prices.Price

    @property
    def dollars(self) -> float:
        """What it comes to."""
        return self.amount * self.price.dollars


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--predictions", type=int, default=1_000_000, help="predictions a month")
    parser.add_argument("--rides-per-request", type=int, default=1)
    parser.add_argument("--requests", type=int, default=200, help="requests to measure")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = _measured(Home(pathlib.Path(folder)), options.rides_per_request, options.requests)
    print("\n".join(_tables(measured, options.predictions, options.rides_per_request)))


def _measured(home: Home, rides: int, requests: int) -> Measured:
    home.folder.mkdir(exist_ok=True)
    try:
        stack, _ = control.up(where=home)
        table = load("simulated", limit=max(5_000, rides * requests), seed=1)
        publish(train(table.take(slice(5_000)), ["simulated"], datetime.now(UTC)), stack)
        _replay(stack, table.take(slice(20 * rides)), rides)
        before = _used(stack)
        _replay(stack, table.take(slice(rides * requests)), rides)
        used = {what: (amount - before[what]) / (2 * requests) for what, amount in _used(stack).items()}
    finally:
        control.down(home)
    return Measured(used["PredictFunction"], used["RecordFunction"], used["log"], used["archive"])


def _replay(stack: Stack, rides: RideTable, batch: int) -> None:
    replay(rides, Api(stack.api_url, stack.api_key), Plan(batch=batch))
    await_recorded(stack, 300)


def _used(stack: Stack) -> Counter[str]:
    """Add up CPU seconds by function, and bytes of log and archive."""
    used = Counter(dict.fromkeys(stack.functions, 0.0))
    names = {deployed: name for name, deployed in stack.functions.items()}
    for worker in psutil.Process(stack.processes["aws"].pid).children(recursive=True):
        spent = worker.cpu_times()
        used[names.get(worker.environ().get("AWS_LAMBDA_FUNCTION_NAME", ""), "other")] += spent.user + spent.system
    used["log"] = sum(len(message) for message in _log(stack))
    pages = stack.client("s3").get_paginator("list_objects_v2").paginate(Bucket=stack.bucket, Prefix="events/")
    used["archive"] = sum(entry["Size"] for page in pages for entry in page.get("Contents", ()))
    return used


def _log(stack: Stack) -> Iterator[str]:
    logs = stack.client("logs")
    for room in ("predict", "record"):
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{STACK}/{room}")
        yield from (event["message"] for page in pages for event in page["events"])


def _tables(it: Measured, predictions: int, rides: int) -> Iterator[str]:
    requests = 2 * predictions / rides
    yield f"Measured: {it.predict_cpu * 1000:.1f} ms CPU a request, {it.record_cpu * 1000:.1f} ms a message recorded, "
    yield f"{it.log_bytes:.0f} bytes of log and {it.archived_bytes:.0f} archived bytes a request of {rides} rides."
    yield ""
    yield f"| {predictions:,} predictions and actuals in a month, {rides} a request | amount | US$ |"
    yield "| --- | ---: | ---: |"
    yield from _sum(_by_use(it, requests), "by use")
    yield from _sum(_fixed(), "each month, however many")
    yield from _others()


def _by_use(it: Measured, requests: float) -> Iterator[Line]:
    batch = min(BATCH_MESSAGES, max(1.0, requests / MONTH * BATCH_SECONDS))
    batches = requests / batch
    predicting = requests * (it.predict_cpu * VCPU_MB / PREDICT_MB + PREDICT_WAIT) * PREDICT_MB / 1024
    recording = (requests * it.record_cpu * VCPU_MB / RECORD_MB + batches * RECORD_WAIT) * RECORD_MB / 1024
    yield Line("API Gateway", requests, prices.API_REQUEST)
    yield Line("Lambda predict, requests", requests, prices.LAMBDA_REQUEST)
    yield Line("Lambda predict, duration", predicting, prices.LAMBDA_GB_SECOND)
    yield Line(f"Lambda record, batches of {batch:.1f}", batches, prices.LAMBDA_REQUEST)
    yield Line("Lambda record, duration", recording, prices.LAMBDA_GB_SECOND)
    yield Line("SQS", 2 * requests + batches + POLLS, prices.SQS_REQUEST)
    yield Line("S3, events written", batches * OBJECTS_A_BATCH, prices.S3_PUT)
    yield Line("S3, events kept a month", requests * it.archived_bytes / GB, prices.S3_GB_MONTH)
    yield Line("Logs", requests * (it.log_bytes + ACCESS_LOG_BYTES) / GB, prices.LOG_GB)


def _fixed() -> Iterator[Line]:
    reporting = REPORT_RUNS * REPORT_SECONDS * REPORT_MB / 1024
    yield Line(f"Lambda drift_report, {REPORT_RUNS} runs of {REPORT_SECONDS:.0f} s", reporting, prices.LAMBDA_GB_SECOND)
    yield Line("Metrics of the functions", METRICS, prices.METRIC_MONTH)
    yield Line("Alarms", ALARMS, prices.ALARM_MONTH)
    yield Line("Secrets", SECRETS, prices.SECRET_MONTH)


def _others() -> Iterator[str]:
    monitor = MONITOR_HOURS * prices.M5_XLARGE_HOUR.dollars
    yield f"| SageMaker Model Monitor, each kind: {MONITOR_HOURS:.0f} h of ml.m5.xlarge | | {monitor:.2f} |"
    yield f"| and its endpoint: 720 h of ml.m5.large | | {720 * prices.M5_LARGE_HOUR.dollars:.2f} |"
    yield "| sample-mlops-bestpractices, as its README says: monitoring; Model Monitor | | 30; 200 and more |"


def _sum(lines: Iterable[Line], title: str) -> Iterator[str]:
    added = 0.0
    for line in lines:
        added += line.dollars
        yield f"| {line.what} | {_amount(line.amount)} × {line.price.unit} | {line.dollars:.2f} |"
    yield f"| **{title}** | | **{added:.2f}** |"


def _amount(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:.2f}"  # noqa: PLR2004 - a matter of digits


if __name__ == "__main__":
    main()
