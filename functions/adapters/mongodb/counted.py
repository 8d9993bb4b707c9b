"""What the exporter counts: one stream per kind of thing, each grouped inside MongoDB over a span of server time.

A document counts by what never changes in it once the stream's clock is set, so that a span read again gives the
same counts or more. Sums are of whole microseconds: floating sums depend on their order, and a counter that falls by
one bit looks to Prometheus like a restart.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import AliasChoices
from pymongo.collection import Collection

from adapters.mongodb.connection import Document
from contracts.api import ActualReport
from contracts.base import Contract
from contracts.model import ModelCard
from contracts.ride import Ride
from contracts.totals import ERROR_EDGES_MINUTES, LATENCY_EDGES_MS, Key, Tally

ABOVE = "+Inf"
OTHER = "other"
ROUTES = ("/predict", "/actuals")
MICROSECONDS_PER_MILLISECOND = 1_000
MICROSECONDS_PER_MINUTE = 60_000_000

JUDGED: tuple[float, float] = ModelCard.model_fields["judged_minutes"].default
"""The durations that models are judged on: an actual of a day, of a meter that was left on, says nothing of a model."""

Counts = Iterable[tuple[Key, int]]


@dataclass(frozen=True)
class Stream:
    """One kind of thing to count: where it lies, the clock it is found by, how it is grouped and named."""

    name: str
    collection: str
    clock: str
    key: Document
    counts: Callable[[Document], Counts]
    """From one group to its counts."""
    sums: Document = field(default_factory=dict)
    unwound: str | None = None

    def tally(self, collection: Collection[Document], within: Document) -> Tally:
        """Count what matches, by its labels."""
        return self._tallied(collection.aggregate([{"$match": within}, *self._stages]))

    @property
    def _stages(self) -> list[Document]:
        unwind = [{"$unwind": self.unwound}] if self.unwound else []
        newest = {"$max": f"${self.clock}"}
        return [*unwind, {"$group": {"_id": self.key, "n": {"$sum": 1}, "newest": newest, **self.sums}}]

    def _tallied(self, groups: Iterable[Document]) -> Tally:
        counts: Counter[Key] = Counter()
        newest: dict[str, datetime] = {}
        for group in groups:
            newest[self.name] = max(group["newest"], newest.get(self.name, group["newest"]))
            for key, n in self.counts(group):
                counts[key] += n
        return Tally(dict(counts), newest)


def names_of(*shapes: type[Contract]) -> list[str]:
    """List the names by which callers may call the fields of these shapes."""
    names: set[str] = set()
    for shape in shapes:
        for name, info in shape.model_fields.items():
            alias = info.validation_alias
            names |= {name, *(str(choice) for choice in (alias.choices if isinstance(alias, AliasChoices) else ()))}
    return sorted(names)


FIELDS = ("body", "explain", "rides", "actuals", *names_of(Ride, ActualReport))
"""A rejection's field may be the caller's own invention: these are counted by name, all else as `other`."""


def _bin(value: Any, edges: Sequence[float]) -> Document:
    branches = [{"case": {"$lte": [value, edge]}, "then": f"{edge:g}"} for edge in edges]
    return {"$switch": {"branches": branches, "default": ABOVE}}


def _microseconds(value: Any, scale: int) -> Document:
    # the nearest whole one; DocumentDB knows no $round before 8.0.1
    return {"$sum": {"$toLong": {"$floor": {"$add": [{"$multiply": [value, scale]}, 0.5]}}}}


def _known(value: Any, known: Sequence[str]) -> Document:
    return {"$cond": [{"$in": [value, list(known)]}, value, OTHER]}


def _predicted(group: Document) -> Counts:
    key, n = group["_id"], group["n"]
    version = key["version"]
    yield ("predictions", version, key["by"]), n
    yield ("latency", version, key["bin"]), n
    yield ("latency_us", version), group["latency"]
    if group["foreseen"]:
        yield ("foreseen", version), group["foreseen"]
        yield ("foreseen_us", version), group["estimated"]
    yield from ((("flagged", version, flag), n) for flag in key["flags"])
    if key["cold"]:
        yield ("cold", version), n


def _labelled(group: Document) -> Counts:
    key, n = group["_id"], group["n"]
    yield ("labelled", key["version"], key["by"]), n
    yield ("error", key["version"], key["bin"]), n
    yield (key["side"], key["version"]), group["error"]
    if key["judged"]:
        yield ("judged", key["version"]), n
        yield (f"judged_{key['side']}", key["version"]), group["error"]


def _plain(name: str, *labels: str) -> Callable[[Document], Counts]:
    return lambda group: [((name, *(group["_id"][label] for label in labels)), group["n"])]


_SERVED = {"version": "$model_version", "by": "$served_by"}
_ERROR: Document = {"$subtract": ["$minutes", "$first_actual"]}
_ROUTE = _known("$route", ROUTES)

STREAMS = (
    Stream(
        "predictions",
        "predictions",
        "stored_at",
        _SERVED | {"cold": "$cold_start", "flags": "$flags", "bin": _bin("$latency_ms", LATENCY_EDGES_MS)},
        _predicted,
        {
            "latency": _microseconds("$latency_ms", MICROSECONDS_PER_MILLISECOND),
            "foreseen": {"$sum": {"$cond": [{"$gt": ["$estimated_error", None]}, 1, 0]}},
            "estimated": _microseconds({"$ifNull": ["$estimated_error", 0]}, MICROSECONDS_PER_MINUTE),
        },
    ),
    Stream(
        "labels",
        "predictions",
        "labelled_at",
        _SERVED
        | {
            "bin": _bin({"$abs": _ERROR}, ERROR_EDGES_MINUTES),
            "side": {"$cond": [{"$gt": [_ERROR, 0]}, "over_us", "under_us"]},
            "judged": {"$and": [{"$gte": ["$first_actual", JUDGED[0]]}, {"$lte": ["$first_actual", JUDGED[1]]}]},
        },
        _labelled,
        {"error": _microseconds({"$abs": _ERROR}, MICROSECONDS_PER_MINUTE)},
    ),
    Stream("actuals", "actuals", "stored_at", {}, _plain("actuals")),
    Stream("corrections", "actuals", "correction_at", {}, _plain("corrections")),
    Stream("rejections", "rejections", "stored_at", {"route": _ROUTE}, _plain("rejections", "route")),
    Stream(
        "problems",
        "rejections",
        "stored_at",
        {"route": _ROUTE, "field": _known("$problems.field", FIELDS), "reason": "$problems.reason"},
        _plain("problems", "route", "field", "reason"),
        unwound="$problems",
    ),
)
