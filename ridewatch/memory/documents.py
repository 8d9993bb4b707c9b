"""Values as MongoDB gives them back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from contracts.base import Contract
from ridewatch.memory.database import Documents

Some = TypeVar("Some", bound=Contract)


def insert_new(collection: Documents, documents: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Insert what is not there yet, and give it as it is stored."""
    for document in documents:
        if document["_id"] not in collection:
            collection[document["_id"]] = stored(document)
            yield collection[document["_id"]]


def stored(value: Any) -> Any:
    """Give what comes back of a value: lists for tuples, milliseconds for microseconds."""
    if isinstance(value, dict):
        return {name: stored(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [stored(part) for part in value]
    return to_ms(value) if isinstance(value, datetime) else value


def to_ms(moment: datetime) -> datetime:
    """Cut a moment to whole milliseconds."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def projected(document: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """Give these fields, top-level ones or dotted, and `_id`."""
    found: dict[str, Any] = {"_id": document["_id"]}
    for path, names in _by_path(tuple(fields)):
        source, target = document, found
        for name in path:
            source, target = source[name], target.setdefault(name, {})
        target |= {name: source[name] for name in names if name in source}
    return found


@lru_cache
def _by_path(fields: tuple[str, ...]) -> list[tuple[list[str], list[str]]]:
    """Put fields of one parent together."""
    parted = sorted(field.rpartition(".")[::2] for field in fields)
    return [
        (parent.split(".") if parent else [], [name for _, name in names])
        for parent, names in groupby(parted, key=itemgetter(0))
    ]


def read_as(contract: type[Some], document: dict[str, Any]) -> Some:
    """Read a document as a contract, without what only the document knows."""
    return contract.model_validate({name: document[name] for name in contract.model_fields if name in document})
