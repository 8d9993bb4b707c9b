"""What a scrape and a refresh of the metrics exporter cost: `python benchmarks/exporter.py [predictions …]`.

CPU time of this process, and for a refresh the time that MongoDB (SecantusDB, started here) takes on top. Scrapes are
served from memory, so their cost must not depend on how much is stored; nor must a refresh's, but for what is new.
"""

import argparse
import pathlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from statistics import median

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "functions"), str(ROOT)]

from prometheus_client import generate_latest  # noqa: E402 - the path comes first

from adapters.mongodb.connection import connect  # noqa: E402 - the same
from adapters.mongodb.totals import TotalsStore  # noqa: E402 - the same
from contracts.events import Prediction  # noqa: E402 - the same
from metrics_exporter.counting import Counting  # noqa: E402 - the same
from tests.sample_reports import april  # noqa: E402 - the same
from tests.samples import prediction  # noqa: E402 - the same
from tests.secantus import Server  # noqa: E402 - the same
from tests.stores import AllStores, real_stores  # noqa: E402 - the same
from tests.views import watching  # noqa: E402 - the same

BATCH = 500
HISTORY = timedelta(hours=6)
SCRAPES = 50
REFRESHES = 20


def main() -> None:
    """Measure at each number of stored predictions and print a table."""
    parser = argparse.ArgumentParser(description="What a scrape and a refresh of the exporter cost.")
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 100_000], help="stored predictions")
    sizes = parser.parse_args().sizes
    print("| stored | scrape, CPU ms | bytes | quiet refresh, ms (CPU) | with 500 new, ms | first start, s |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            server = Server(pathlib.Path(folder))
            server.start()
            try:
                print(_row(size, server.uri))
            finally:
                server.stop()


def _row(size: int, uri: str) -> str:
    database = connect(uri)
    stores = real_stores(database)
    _fill(stores, size)
    counting = Counting(TotalsStore(database))
    first, _ = _timed(counting.refresh)
    quiet, quiet_cpu = _median([_timed(counting.refresh) for _ in range(REFRESHES)])
    stores.predictions.add(_predictions("new", BATCH), stores.clock())
    new, _ = _timed(counting.refresh)
    scrape, length = _scrape(counting)
    return (
        f"| {size:,} | {scrape:.2f} | {length:,} | {quiet * 1000:.1f} ({quiet_cpu * 1000:.1f}) "
        f"| {new * 1000:.0f} | {first:.1f} |"
    )


def _scrape(counting: Counting) -> tuple[float, int]:
    registry = watching(totals=counting.refresh(), reports=(april(), april(kind="day"))).registry
    page = generate_latest(registry)
    _, cpu = _timed(lambda: [generate_latest(registry) for _ in range(SCRAPES)])
    return cpu / SCRAPES * 1000, len(page)


def _fill(stores: AllStores, size: int) -> None:
    """Store predictions over the last hours."""
    now = stores.clock()
    some = _predictions("old", size)
    done = 0
    while batch := list(islice(some, BATCH)):
        stores.predictions.add(batch, _moment(now, done / size))
        done += len(batch)


def _moment(now: datetime, share: float) -> datetime:
    return now - HISTORY * (1 - share)


def _predictions(name: str, size: int) -> Iterator[Prediction]:
    return (prediction(f"{name}{n}", f"r{n}", latency_ms=n % 40, cold_start=n % 100 == 0) for n in range(size))


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _median(times: list[tuple[float, float]]) -> tuple[float, float]:
    return median(wall for wall, _ in times), median(cpu for _, cpu in times)


if __name__ == "__main__":
    main()
