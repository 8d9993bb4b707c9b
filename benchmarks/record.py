"""`record` against a bare bulk write of the same documents: `python benchmarks/record.py [--rounds N] [--json]`.

Both write to one SecantusDB, started here, into databases with the same indexes, in turn, in batches of 500: first
predictions, then their actuals. The bare writer is told everything: it inserts the documents with their stamps, and
sets on each prediction what its actual brings. `record` has to find out what is there already and what belongs
together, and marks the hours. Only the database's answers are timed, on both sides, by the driver's own monitoring.
"""

import argparse
import json
import pathlib
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "functions"), str(ROOT)]

from pymongo import UpdateOne, monitoring  # noqa: E402 - the path comes first
from pymongo.database import Database  # noqa: E402 - the same

from adapters.mongodb.connection import Document, connect  # noqa: E402 - the same
from adapters.mongodb.documents import actual_document, prediction_document  # noqa: E402 - the same
from contracts.events import Actual, Prediction  # noqa: E402 - the same
from record.record import Batch, store  # noqa: E402 - the same
from tests.samples import NOON, PICKUP, actual, prediction  # noqa: E402 - the same
from tests.secantus import Server  # noqa: E402 - the same
from tests.stores import real_stores  # noqa: E402 - the same

BATCH = 500
BETWEEN_PICKUPS = {"live": timedelta(seconds=5), "replay": timedelta(minutes=4, seconds=28)}
"""500 rides in 42 minutes; and a month's sample of 10,000 rides, sent as fast as it goes: 500 rides in 37 hours."""
NOW = datetime.now(UTC)
STAMP = {"actual_received_at": NOON, "actual_stored_at": NOW, "labelled_at": NOW}


class Stopwatch(monitoring.CommandListener):
    """How long the database took to answer, in all."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """Wait for the answer."""

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Add an answer's time."""
        self.seconds += event.duration_micros / 1_000_000

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Count no failures: the driver raises them."""

    def of(self, work: Callable[..., object], *arguments: object) -> float:
        """Time the database's part of some work."""
        before = self.seconds
        work(*arguments)
        return self.seconds - before


def main() -> None:
    """Measure both rhythms and print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=6, help="batches of each kind and rhythm, after one to warm up")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    watch = Stopwatch()
    monitoring.register(watch)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = Server(pathlib.Path(folder))
        server.start()
        try:
            rows = [_row(rhythm, server.uri, watch, options.rounds) for rhythm in BETWEEN_PICKUPS]
        finally:
            server.stop()
    print(json.dumps(rows) if options.json else _table(rows))


def _row(rhythm: str, uri: str, watch: Stopwatch, rounds: int) -> dict[str, float | str]:
    server = connect(uri).client
    stores = real_stores(server[f"{rhythm}-record"])
    bare = server[f"{rhythm}-bare"]
    real_stores(bare)
    seconds = {"record": [0.0, 0.0], "bare": [0.0, 0.0]}
    for place in range(rounds + 1):
        rides, told = _predictions(rhythm, place), _actuals(place)
        taken = {
            "record": [watch.of(store, Batch.of(some), stores) for some in (rides, told)],
            "bare": [watch.of(_insert, bare, rides), watch.of(_label, bare, told)],
        }
        if place:
            seconds = {name: [a + b for a, b in zip(seconds[name], taken[name], strict=True)] for name in seconds}
    return {"rhythm": rhythm} | _rates(seconds, rounds * BATCH)


def _rates(seconds: dict[str, list[float]], events: int) -> dict[str, float]:
    rates: dict[str, float] = {}
    for name, (predictions, actuals) in seconds.items():
        parts = {"predictions": events / predictions, "actuals": events / actuals}
        parts["both"] = 2 * events / (predictions + actuals)
        rates |= {f"{name}_{kind}_per_s": round(rate) for kind, rate in parts.items()}
    kinds = ("predictions", "actuals", "both")
    return rates | {
        f"ratio_{kind}": round(rates[f"record_{kind}_per_s"] / rates[f"bare_{kind}_per_s"], 3) for kind in kinds
    }


def _predictions(rhythm: str, place: int) -> list[Prediction]:
    numbers = range(place * BATCH, (place + 1) * BATCH)
    return [prediction(f"p{n}", f"r{n}", PICKUP + n * BETWEEN_PICKUPS[rhythm]) for n in numbers]


def _actuals(place: int) -> list[Actual]:
    return [actual(f"a{n}", f"r{n}") for n in range(place * BATCH, (place + 1) * BATCH)]


def _insert(database: Database[Document], predictions: Sequence[Prediction]) -> None:
    documents = [prediction_document(prediction, NOW) for prediction in predictions]
    database["predictions"].insert_many(documents, ordered=False)


def _label(database: Database[Document], actuals: Sequence[Actual]) -> None:
    database["actuals"].insert_many([actual_document(actual, NOW) for actual in actuals], ordered=False)
    labels = [
        UpdateOne(
            {"_id": actual.actual_id.replace("a", "p")},
            {"$set": {"actual": 15.0, "first_actual": 15.0, "actual_id": actual.actual_id, **STAMP}},
        )
        for actual in actuals
    ]
    database["predictions"].bulk_write(labels, ordered=False)


def _table(rows: Sequence[dict[str, float | str]]) -> str:
    lines = ["| rhythm | events | record, events/s | bare write, events/s | ratio |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        for kind in ("predictions", "actuals", "both"):
            rates = (row[f"record_{kind}_per_s"], row[f"bare_{kind}_per_s"], row[f"ratio_{kind}"])
            lines.append(f"| {row['rhythm']} | {kind} | {rates[0]:,} | {rates[1]:,} | {rates[2]} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
