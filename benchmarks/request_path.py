"""What one call of a warm `predict` costs: `python benchmarks/request_path.py [--calls N] [--stack] [--json]`.

In CPU milliseconds of this process, the median of N calls: the whole handler, from API Gateway's event to its answer,
with a model trained on 20,000 simulated rides, but a queue and a bucket in memory. `--stack` then asks the running
stack over HTTP, network and MiniStack and all, in wall-clock milliseconds.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from functools import partial
from typing import Any

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "functions"), str(ROOT)]

import predict.app  # noqa: E402 - the path comes first
from adapters.models import ModelStore  # noqa: E402 - the same
from adapters.queue import EventQueue  # noqa: E402 - the same
from predict.champion import Champion  # noqa: E402 - the same
from predict.parts import Parts, load  # noqa: E402 - the same
from ridewatch.api import Api  # noqa: E402 - the same
from ridewatch.embedded.state import running  # noqa: E402 - the same
from ridewatch.sources.load import load as load_rides  # noqa: E402 - the same
from ridewatch.sources.table import RideTable  # noqa: E402 - the same
from ridewatch.training.train import train  # noqa: E402 - the same
from tests.calls import Context, call  # noqa: E402 - the same
from tests.fakes.aws import FakeObjects, FakeSqs  # noqa: E402 - the same
from tests.predicting import NOW  # noqa: E402 - the same

Row = dict[str, float | int | str]
SIZES = (1, 100, 500)


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--stack", action="store_true", help="ask the running stack too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rides = load_rides("simulated", limit=20_000)
    rows = _handler(rides, options.calls) + (_stack(rides, options.calls) if options.stack else [])
    print(json.dumps(rows, indent=2) if options.json else _table(rows))


def _handler(rides: RideTable, calls: int) -> list[Row]:
    parts = _parts(rides)
    predict.app.here = lambda: parts
    asked = [_row("handler, CPU", size, _cpu(partial(_ask, _event(rides, size)), calls)) for size in SIZES]
    explained = partial(_ask, _event(rides, 1) | {"queryStringParameters": {"explain": "true"}})
    told = partial(_ask, call("POST", "/actuals", {"ride_id": "r1", "duration_minutes": 12.5}))
    others = {"handler, CPU (explained)": explained, "handler, CPU (an actual)": told}
    return [*asked, *(_row(what, 1, _cpu(ask, calls)) for what, ask in others.items())]


def _parts(rides: RideTable) -> Parts:
    trained = train(rides, ["simulated"], NOW)
    store = ModelStore(objects := FakeObjects())
    store.publish(trained.card, trained.artifacts)
    champion = Champion(lambda: trained.card.version, partial(load, store), lambda *_: None)
    return Parts(champion, EventQueue(_Queue(), "https://queue", objects))


class _Queue(FakeSqs):
    """A queue that takes everything and keeps nothing."""

    def send_message_batch(self, **_: Any) -> dict[str, Any]:
        return {}


def _event(rides: RideTable, size: int) -> dict[str, Any]:
    return call("POST", "/predict", rides.ride(0) if size == 1 else {"rides": [rides.ride(i) for i in range(size)]})


def _ask(event: dict[str, Any]) -> None:
    status = predict.app.handler(event, Context())["statusCode"]
    if status != 200:  # noqa: PLR2004 - HTTP's
        sys.exit(f"answered with {status}")


def _cpu(ask: Callable[[], None], calls: int) -> list[float]:
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):  # noqa: PTH123 - a device
        for handler in predict.app.logger.handlers:
            handler.stream = nowhere
        return [_timed(ask, time.process_time) for _ in range(calls + 1)][1:]


def _stack(rides: RideTable, calls: int) -> list[Row]:
    stack = running()
    if stack is None:
        sys.exit("no stack runs here: `ridewatch up --detach`")
    api = Api(stack.api_url, stack.api_key)
    return [_row("over HTTP, wall", size, _http(api, rides, size, calls)) for size in SIZES]


def _http(api: Api, rides: RideTable, size: int, calls: int) -> list[float]:
    asked = [rides.ride(i) for i in range(size)]
    return [_timed(lambda: api.predict(asked), time.perf_counter) for _ in range(calls + 1)][1:]


def _timed(work: Callable[[], Any], clock: Callable[[], float]) -> float:
    before = clock()
    work()
    return (clock() - before) * 1000


def _row(what: str, rides: int, milliseconds: Sequence[float]) -> Row:
    median, tenths = statistics.median(milliseconds), statistics.quantiles(milliseconds, n=10)
    return {"what": what, "rides": rides, "ms": round(median, 3), "p90_ms": round(tenths[8], 3)} | {
        "us_per_ride": round(median * 1000 / rides, 1)
    }


def _table(rows: Sequence[Row]) -> str:
    lines = ["| what | rides | median, ms | p90, ms | µs a ride |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(str(value) for value in row.values())} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
