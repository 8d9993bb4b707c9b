"""What the exporter counts of every column: rows by slice and bin, of each model version by its own spec."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pymongo.collection import Collection

from adapters.mongodb.binning import NOWHERE, Expression, label_bins, label_place, number_bin, path_of, segment_place
from adapters.mongodb.connection import Document
from contracts.marginals import Marginals
from contracts.profile import CategoricalColumn, Column, ProfileSpec, Role
from contracts.totals import Key, Tally

BINNED = "binned"
"""The name of the counts; their labels are version, slice, column and bin, the latter three by their place."""
APART = 1_000_000
"""One column's codes begin so far behind another's."""

MarginalsOf = Callable[[str], Marginals | None]
"""What is watched of a model version, None if nothing can be. May raise StoreUnavailable."""


class BinnedStream(NamedTuple):
    """Columns that become known at one moment."""

    name: str
    clock: str
    roles: tuple[Role, ...]
    marginals_of: MarginalsOf
    collection: str = "predictions"

    def tally(self, collection: Collection[Document], within: Document) -> Tally:
        """Count the columns of what was stored or labelled in a span."""
        counts: Counter[Key] = Counter()
        versions = collection.aggregate([{"$match": within}, {"$group": {"_id": "$model_version"}}])
        for version in sorted(group["_id"] for group in versions):
            marginals = self.marginals_of(version)
            if marginals is not None:
                stages = [{"$match": within | {"model_version": version}}, *stages_of(marginals, self.roles)]
                counts.update(dict(_counted(marginals.spec, version, collection.aggregate(stages))))
        return Tally(dict(counts))


def binned_streams(marginals_of: MarginalsOf) -> tuple[BinnedStream, ...]:
    """Give both moments: a prediction is stored, and it is labelled first."""
    return (
        BinnedStream("binned", "stored_at", ("feature", "prediction"), marginals_of),
        BinnedStream("binned_labels", "labelled_at", ("actual", "error"), marginals_of),
    )


def stages_of(marginals: Marginals, roles: tuple[Role, ...]) -> list[Document]:
    """Give the aggregation of the columns of some roles, behind the $match."""
    errors = [{"$addFields": {"error": _error(marginals.judged_minutes)}}] if "error" in roles else []
    return [
        *errors,
        {"$project": _places(marginals.spec, roles)},
        {"$unwind": "$slices"},
        {"$match": {"slices": {"$ne": NOWHERE}}},
        {"$unwind": "$codes"},
        {"$group": {"_id": {"slice": "$slices", "code": "$codes"}, "n": {"$sum": 1}}},
    ]


def _error(judged: tuple[float, float]) -> Expression:
    """Give the error of an actual that the model is judged on."""
    inside = {"$and": [{"$gte": ["$first_actual", judged[0]]}, {"$lte": ["$first_actual", judged[1]]}]}
    return {"$cond": [inside, {"$subtract": ["$minutes", "$first_actual"]}, None]}


def _places(spec: ProfileSpec, roles: tuple[Role, ...]) -> Document:
    """Give the slices that a document is of, and one code for each column: which it is, and what is in it."""
    codes = [
        {"$add": [{"$literal": place * APART + 1}, _within_column(column)]}
        for place, column in enumerate(spec.columns)
        if column.role in roles
    ]
    return {"slices": [{"$literal": 0}, *_segments(spec)], "codes": codes}


def _segments(spec: ProfileSpec) -> Iterator[Expression]:
    first = 1
    for family in spec.families:
        yield segment_place(family, first)
        first += len(family.segments)


def _within_column(column: Column) -> Expression:
    value = path_of(column)
    return label_place(column, value) if isinstance(column, CategoricalColumn) else number_bin(column, value)


def _counted(spec: ProfileSpec, version: str, groups: Iterator[Document]) -> Iterator[tuple[Key, int]]:
    """Name the bins; several codes may stand for one label."""
    found: Counter[Key] = Counter()
    for group in groups:
        place, code = divmod(group["_id"]["code"], APART)
        number = _bins(spec)[place](code - 1)
        found[BINNED, version, str(group["_id"]["slice"]), str(place), str(number)] += group["n"]
    yield from found.items()


@lru_cache(maxsize=16)
def _bins(spec: ProfileSpec) -> tuple[Callable[[int], int], ...]:
    """Give for each column the function from what MongoDB found to the bin."""
    return tuple(_bin_of(column) for column in spec.columns)


def _bin_of(column: Column) -> Callable[[int], int]:
    if not isinstance(column, CategoricalColumn):
        return int
    bins = [place for _, place in label_bins(column)]
    unseen = len(column.categories) + 1
    return lambda found: unseen if found == NOWHERE else bins[found]
