"""What a scrape and a refresh of the metrics exporter cost: `python benchmarks/exporter.py [predictions …]`.

CPU time of this process, and for a refresh the time that MongoDB (SecantusDB, started here) takes on top. Scrapes are
served from memory, so their cost must not depend on how much is stored; nor must a refresh's, but for what is new. A
scrape's page holds the bins of one version, as large as the simulator's two months of rides make them.
"""

import argparse
import pathlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from statistics import median

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "functions"), str(ROOT)]

from adapters.errors import StoreUnavailable  # noqa: E402 - the path comes first
from adapters.mongodb.binned import binned_streams  # noqa: E402 - the same
from adapters.mongodb.connection import connect  # noqa: E402 - the same
from adapters.mongodb.kept import BINS  # noqa: E402 - the same
from adapters.mongodb.totals import TotalsStore  # noqa: E402 - the same
from contracts.events import Prediction  # noqa: E402 - the same
from contracts.marginals import Marginals  # noqa: E402 - the same
from metrics_exporter.bin_page import page_of  # noqa: E402 - the same
from metrics_exporter.bins import Bins  # noqa: E402 - the same
from metrics_exporter.counting import Counting  # noqa: E402 - the same
from metrics_exporter.server import application  # noqa: E402 - the same
from monitoring.profiles.marginals import marginals_of  # noqa: E402 - the same
from ridewatch.sources.load import load  # noqa: E402 - the same
from ridewatch.training.columns import feature_columns  # noqa: E402 - the same
from ridewatch.training.reference import reference_of_rides, with_outcomes  # noqa: E402 - the same
from tests.sample_reports import april  # noqa: E402 - the same
from tests.samples import MODEL, prediction  # noqa: E402 - the same
from tests.secantus import Server  # noqa: E402 - the same
from tests.stores import AllStores, real_stores  # noqa: E402 - the same
from tests.views import watching  # noqa: E402 - the same

BATCH = 500
HISTORY = timedelta(hours=6)
SCRAPES = 50
REFRESHES = 20


def _watched() -> Marginals:
    """Give what is watched of a version that learnt from two simulated months; its predictions are the truth."""
    rides = load("simulated?start=2019-01-01&days=59&rows=20000", seed=1)
    minutes = rides.duration_minutes
    rows = with_outcomes(feature_columns(rides), minutes, minutes)
    return marginals_of(reference_of_rides(rides, rows, None), (1.0, 60.0))


WATCHED = _watched()


def main() -> None:
    """Measure at each number of stored predictions and print a table."""
    parser = argparse.ArgumentParser(description="What a scrape and a refresh of the exporter cost.")
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 100_000], help="stored predictions")
    sizes = parser.parse_args().sizes
    print("| stored | scrape, CPU ms | bytes | quiet refresh, ms (CPU) | 500 new: totals + bins, ms | first start, s |")
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
    binning = Counting(TotalsStore(database, binned_streams(lambda _: WATCHED), BINS))
    first_bins, _ = _timed(lambda: _until_read(binning))
    quiet, quiet_cpu = _median([_timed(counting.refresh) for _ in range(REFRESHES)])
    stores.predictions.add(_predictions("new", BATCH), stores.clock())
    new, _ = _timed(counting.refresh)
    new_bins, _ = _timed(lambda: _until_read(binning))
    scrape, length = _scrape(counting, binning)
    return (
        f"| {size:,} | {scrape:.2f} | {length:,} | {quiet * 1000:.1f} ({quiet_cpu * 1000:.1f}) "
        f"| {new * 1000:.0f} + {new_bins * 1000:.0f} | {first:.1f} + {first_bins:.1f} |"
    )


def _until_read(counting: Counting) -> None:
    """Read a history that is too much for one reading, as the exporter does: by less, again and again."""
    while True:
        try:
            counting.refresh()
        except StoreUnavailable:
            continue
        return


def _scrape(counting: Counting, binning: Counting) -> tuple[float, int]:
    """Scrape as Prometheus does, packed; give the CPU time in milliseconds and the page's size unpacked."""
    bins = Bins(binning.refresh(), {MODEL: WATCHED})
    bins = replace(bins, page=page_of(bins).encode())
    watched = watching(totals=counting.refresh(), reports=(april(), april(kind="day")), bins=bins)
    serve = application(watched.page)
    asked = {"PATH_INFO": "/metrics", "HTTP_ACCEPT_ENCODING": "gzip"}
    _, cpu = _timed(lambda: [serve(asked, lambda *_: None) for _ in range(SCRAPES)])
    return cpu / SCRAPES * 1000, len(watched.page())


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
    for n in range(size):
        features = {"pickup_zone": n % 200, "dropoff_zone": n % 190, "distance": n % 90 / 10, "hour": n % 24}
        yield prediction(f"{name}{n}", f"r{n}", latency_ms=n % 40, cold_start=n % 100 == 0, features=features)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _median(times: list[tuple[float, float]]) -> tuple[float, float]:
    return median(wall for wall, _ in times), median(cpu for _, cpu in times)


if __name__ == "__main__":
    main()
