"""What a scrape and a refresh of the metrics exporter cost: `python benchmarks/exporter.py [predictions …] [--json]`.

CPU time of this process, and on top that of MongoDB (SecantusDB, started here). The exporter is one that was started
again: what is stored lies before the position to which its totals were kept, so that a refresh reads what is new alone.
All sizes are measured in turn, round after round, so that another load of the machine falls on all alike. What is
stored is a block of predictions again and again under other ids, written in bulk under the indexes that the exporter's
questions use; its totals are those of the block, as counted, times as many. A scrape's page holds the bins of one
version, as large as the simulator's two months of rides make them.
"""

import argparse
import json
import os
import pathlib
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "functions"), str(ROOT)]

from pymongo import MongoClient  # noqa: E402 - the path comes first
from pymongo.database import Database  # noqa: E402 - the same

from adapters.mongodb.binned import binned_streams  # noqa: E402 - the same
from adapters.mongodb.connection import server_time  # noqa: E402 - the same
from adapters.mongodb.documents import prediction_document  # noqa: E402 - the same
from adapters.mongodb.indexes import INDEXES, RETENTION  # noqa: E402 - the same
from adapters.mongodb.kept import BINS  # noqa: E402 - the same
from adapters.mongodb.totals import BEFORE_ALL, TotalsStore  # noqa: E402 - the same
from contracts.events import Prediction  # noqa: E402 - the same
from contracts.marginals import Marginals  # noqa: E402 - the same
from contracts.totals import Span, Tally, Totals, added  # noqa: E402 - the same
from metrics_exporter.bin_page import page_of  # noqa: E402 - the same
from metrics_exporter.bins import Bins  # noqa: E402 - the same
from metrics_exporter.counting import Counting  # noqa: E402 - the same
from metrics_exporter.ledger import OVERLAP, SLICE, STEP, floor  # noqa: E402 - the same
from metrics_exporter.server import application  # noqa: E402 - the same
from monitoring.profiles.marginals import marginals_of  # noqa: E402 - the same
from ridewatch.sources.load import load  # noqa: E402 - the same
from ridewatch.training.columns import feature_columns  # noqa: E402 - the same
from ridewatch.training.reference import reference_of_rides, with_outcomes  # noqa: E402 - the same
from tests.sample_reports import april  # noqa: E402 - the same
from tests.samples import MODEL, prediction  # noqa: E402 - the same
from tests.secantus import Server  # noqa: E402 - the same
from tests.views import watching  # noqa: E402 - the same

BLOCK = 1_000
BETWEEN = timedelta(seconds=1)
"""The blocks lie so far apart."""
NEW = 500
ROUNDS = 5
SCRAPES = 10
"""In a round."""
USED = ("labelled",)
"""Beside the one of the retention; each further index of predictions costs SecantusDB 0.1 ms a document."""
DAY_LONG = 86_400


@dataclass
class Stored:
    """An exporter that was started again over so many predictions."""

    size: int
    pid: int
    database: Database[dict[str, Any]]
    seconds: float
    """That storing them took."""
    counting: Counting
    binning: Counting


def main() -> None:
    """Measure at each number of stored predictions and print a table, or JSON."""
    parser = argparse.ArgumentParser(description="What a scrape and a refresh of the exporter cost.")
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 1_000_000], help="stored predictions")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args()
    with ExitStack() as stack:
        rows = _measured([stack.enter_context(_stored(size)) for size in asked.sizes])
    ratios = {name: round(rows[-1][name] / rows[0][name], 2) for name in rows[0] if name.endswith("_ms")}
    print(json.dumps({"rows": rows, "ratios": ratios}) if asked.json else "\n".join(_table(rows, ratios)))


def _table(rows: list[dict[str, float]], ratios: dict[str, float]) -> Iterator[str]:
    yield f"| {' | '.join(rows[0])} |"
    yield f"|{' --- |' * len(rows[0])}"
    yield from (f"| {' | '.join(f'{value:,}' for value in row.values())} |" for row in rows)
    yield f"last row / first row: {', '.join(f'{name} {ratio}' for name, ratio in ratios.items())}"


def _measured(exporters: list[Stored]) -> list[dict[str, float]]:
    """Measure every exporter once a round: medians of CPU milliseconds, MongoDB's own named so."""
    firsts = [_costs("first", exporter, exporter.counting.refresh) for exporter in exporters]
    rounds = [[_round(exporter, number) for exporter in exporters] for number in range(ROUNDS)]
    return [
        {"stored": exporter.size, "storing_s": round(exporter.seconds, 1)}
        | first
        | {name: round(median(each[place][name] for each in rounds), 2) for name in rounds[0][place]}
        for place, (exporter, first) in enumerate(zip(exporters, firsts, strict=True))
    ]


def _round(exporter: Stored, number: int) -> dict[str, float]:
    """Measure in a slice of server time that holds nothing yet, once the one before is read to its end."""
    _await_slice(exporter)
    exporter.counting.refresh()
    exporter.binning.refresh()
    _await_slice(exporter)
    quiet = _costs("quiet", exporter, exporter.counting.refresh)
    documents = _documents(f"new{number}-", NEW, server_time(exporter.database))
    exporter.database["predictions"].insert_many(documents, ordered=False)
    new = _costs(f"{NEW}_new", exporter, exporter.counting.refresh)
    bins = _costs(f"{NEW}_new_bins", exporter, exporter.binning.refresh)
    return quiet | new | bins | _scrape(exporter)


def _await_slice(exporter: Stored) -> None:
    before = floor(server_time(exporter.database), SLICE)
    while floor(server_time(exporter.database), SLICE) == before:
        time.sleep(0.05)


def _costs(name: str, exporter: Stored, work: Callable[[], object]) -> dict[str, float]:
    before, server = time.process_time(), _cpu_seconds(exporter.pid)
    work()
    own, there = time.process_time() - before, _cpu_seconds(exporter.pid) - server
    return {f"{name}_ms": round(own * 1000, 2), f"{name}_mongodb_ms": round(there * 1000, 2)}


def _scrape(exporter: Stored) -> dict[str, float]:
    """Scrape as Prometheus does, packed."""
    bins = Bins(exporter.binning.refresh(), {MODEL: WATCHED})
    bins = replace(bins, page=page_of(bins).encode())
    watched = watching(totals=exporter.counting.refresh(), reports=(april(), april(kind="day")), bins=bins)
    serve = application(watched.page)
    asked = {"PATH_INFO": "/metrics", "HTTP_ACCEPT_ENCODING": "gzip"}
    before = time.process_time()
    for _ in range(SCRAPES):
        serve(asked, lambda *_: None)
    spent = (time.process_time() - before) / SCRAPES
    return {"scrape_ms": spent * 1000, "scrape_bytes": len(watched.page())}


@contextmanager
def _stored(size: int) -> Iterator[Stored]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = Server(pathlib.Path(folder), cache="1G")
        server.start()
        try:
            database = _patient(server.uri)
            stores = (TotalsStore(database), TotalsStore(database, binned_streams(lambda _: WATCHED), BINS))
            started = time.perf_counter()
            _fill(database, stores, size)
            seconds = time.perf_counter() - started
            yield Stored(size, server.pid, database, seconds, *(Counting(store) for store in stores))
        finally:
            server.stop(signal.SIGKILL)


def _patient(uri: str) -> Database[dict[str, Any]]:
    """Connect without a time limit: with a million documents SecantusDB may pause for half a minute."""
    return MongoClient[dict[str, Any]](uri, tz_aware=True, tzinfo=UTC)["ridewatch"]


def _fill(database: Database[dict[str, Any]], stores: Iterable[TotalsStore], size: int) -> None:
    """Store predictions and what an exporter would have kept of them: its totals, up to a position behind them."""
    _index(database)
    block = _documents("old", BLOCK, server_time(database) - 2 * OVERLAP)
    database["predictions"].insert_many(block, ordered=False)
    of_block = [_counted(store) for store in stores]
    for number in range(1, size // BLOCK):
        own = {"stored_at": block[0]["stored_at"] - number * BETWEEN}
        again = ({**document, "_id": f"{document['_id']}-{number}", **own} for document in block)
        database["predictions"].insert_many(again, ordered=False)
    position = floor(server_time(database) - OVERLAP, STEP)
    for store, tally in zip(stores, of_block, strict=True):
        counts = {key: count * (size // BLOCK) for key, count in tally.counts.items()}
        store.keep(Totals.of(position, Tally(counts, tally.newest)))


def _index(database: Database[dict[str, Any]]) -> None:
    predictions = database["predictions"]
    predictions.create_index("stored_at", name=RETENTION, expireAfterSeconds=90 * DAY_LONG)
    for index in INDEXES:
        if index.collection == "predictions" and index.name in USED:
            predictions.create_index(list(index.fields), name=index.name, sparse=index.sparse)


def _counted(store: TotalsStore) -> Tally:
    return added(store.tally(stream, Span(BEFORE_ALL, None)) for stream in store.streams)


def _documents(name: str, size: int, stored_at: datetime) -> list[dict[str, Any]]:
    def one(n: int) -> Prediction:
        features = {"pickup_zone": n % 200, "dropoff_zone": n % 190, "distance": n % 90 / 10, "hour": n % 24}
        return prediction(f"{name}{n}", f"r{n}", latency_ms=n % 40, cold_start=n % 100 == 0, features=features)

    return [prediction_document(one(n), stored_at) for n in range(size)]


def _cpu_seconds(pid: int) -> float:
    """Read a process's CPU time, as Linux tells it."""
    told = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = told[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _watched() -> Marginals:
    """Give what is watched of a version that learnt from two simulated months; its predictions are the truth."""
    rides = load("simulated?start=2019-01-01&days=59&rows=20000", seed=1)
    minutes = rides.duration_minutes
    rows = with_outcomes(feature_columns(rides), minutes, minutes)
    return marginals_of(reference_of_rides(rides, rows, None), (1.0, 60.0))


WATCHED = _watched()


if __name__ == "__main__":
    main()
