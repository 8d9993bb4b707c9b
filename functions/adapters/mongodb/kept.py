"""How the exporter's totals lie in their document."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from adapters.mongodb.connection import Document
from contracts.base import SCHEMA_VERSION
from contracts.totals import Key, Tally, Totals

MOST_VERSIONS = 50
"""A version's bins take some 100 kB of the 16 MB that a document may have."""


class Layout(NamedTuple):
    """The name of a document, and how totals are put into it and read back."""

    name: str
    lay_out: Callable[[Totals], Document]
    read: Callable[[Document], Totals]


def _one_by_one(totals: Totals) -> Document:
    return {"totals": totals.model_dump()}


def _read_one_by_one(document: Document) -> Totals:
    return Totals.model_validate(document["totals"])


def _in_rows(totals: Totals) -> Document:
    """Put the counts that differ in their last label alone into one row, by that label, a number."""
    rows: dict[Key, dict[int, int]] = defaultdict(dict)
    for key, count in totals.tally.counts.items():
        rows[key[:-1]][int(key[-1])] = count
    newest = sorted({key[1] for key in rows})[-MOST_VERSIONS:]
    kept = [{"labels": list(key), "counts": _dense(row)} for key, row in sorted(rows.items()) if key[1] in newest]
    return {"newest": dict(totals.newest), "rows": kept}


def _dense(row: dict[int, int]) -> list[int]:
    return [row.get(place, 0) for place in range(max(row) + 1)]


def _read_rows(document: Document) -> Totals:
    counts = dict(_counts(document["rows"]))
    return Totals.of(document["position"], Tally(counts, document["newest"]))


def _counts(rows: list[Document]) -> Iterator[tuple[Key, int]]:
    for row in rows:
        for place, count in enumerate(row["counts"]):
            if count:
                yield (*row["labels"], str(place)), count


TOTALS = Layout(f"totals-{SCHEMA_VERSION}", _one_by_one, _read_one_by_one)
BINS = Layout(f"bins-{SCHEMA_VERSION}", _in_rows, _read_rows)
"""Of keys (name, version, …, bin)."""
