"""By what rows can be sliced: the segments that the spec declares, and its labels that no segment speaks of."""

from collections.abc import Iterator, Mapping

import numpy as np

from contracts.profile import CategoricalColumn, ProfileSpec
from monitoring.profiles.counting import CodedRows
from monitoring.profiles.layout import LABELLED, layout_of
from monitoring.profiles.slices import Coded
from monitoring.profiles.verdicts import is_cyclic

MANY = 20
"""Columns of more labels than that are looked at label by label, though segments put some of them together."""


def families_of(rows: CodedRows) -> dict[str, Coded]:
    """Give each row's segment, by family."""
    first = layout_of(rows.spec).slice_of(*LABELLED) + 1
    found = {}
    for place, family in enumerate(rows.spec.families, start=2):
        size = len(family.segments)
        codes = rows.places[:, place] - first
        found[family.name] = Coded(np.where(codes < size, codes, -1), [segment.label for segment in family.segments])
        first += size
    return found


def slicing_columns(rows: CodedRows) -> dict[str, Coded]:
    """Give everything that rows can be sliced by."""
    return families_of(rows) | {column.name: _coded(rows, column) for column in _by_label(rows.spec)}


def joined(one: Mapping[str, Coded], other: Mapping[str, Coded]) -> dict[str, Coded]:
    """Put other rows behind some."""
    return {name: Coded(np.concatenate([part.codes, other[name].codes]), part.labels) for name, part in one.items()}


def _by_label(spec: ProfileSpec) -> Iterator[CategoricalColumn]:
    spoken_of = {rule.column for family in spec.families for segment in family.segments for rule in segment.any_of}
    features = [
        c for c in spec.columns if isinstance(c, CategoricalColumn) and c.role == "feature" and not is_cyclic(c)
    ]
    yield from (c for c in features if len(c.categories) > MANY or c.name not in spoken_of)


def _coded(rows: CodedRows, column: CategoricalColumn) -> Coded:
    bins = rows.bins[column.name]
    return Coded(np.where(bins < len(column.categories), bins, -1), column.categories)
