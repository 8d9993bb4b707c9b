"""What is watched live of a spec, for tests: marginals without a reference, or of some rows."""

from contracts.marginals import UNGROUPED, WATCHED, Marginal, Marginals, SliceMarginals
from contracts.profile import ProfileSpec


def empty_marginals(spec: ProfileSpec, judged=(1.0, 60.0)) -> Marginals:
    """Give the marginals of a reference without rows, every bin in a group of its own."""
    columns = tuple(
        Marginal(column=column.name, counts=(0,) * column.bins, groups=_groups(column))
        for column in spec.columns
        if column.role in WATCHED
    )
    places = [("", ""), *((family.name, segment.label) for family in spec.families for segment in family.segments)]
    slices = tuple(SliceMarginals(family=family, label=label, columns=columns) for family, label in places)
    return Marginals(spec=spec, judged_minutes=judged, slices=slices)


def _groups(column):
    apart = 1 if column.kind == "numeric" else 2
    return (*range(column.bins - apart), *[UNGROUPED] * apart)
