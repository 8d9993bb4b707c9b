"""A few named estimates under one another on one scale."""

from collections.abc import Iterable
from typing import NamedTuple

from contracts.findings import Estimate
from reports.page import values
from reports.page.markup import Markup, tag
from reports.page.plots.scale import Scale
from reports.page.plots.strip import strip


class Named(NamedTuple):
    """An estimate and what it is."""

    name: str
    told: Estimate
    label: str
    """What is seen, for who cannot see it."""
    odd: bool = False


def strips(rows: Iterable[Named], scale: Scale, written: values.Written, label: str) -> Markup:
    """Draw them in the order given."""
    return tag("ul", *(_row(row, scale, written) for row in rows), class_="bars strips", aria_label=label)


def _row(row: Named, scale: Scale, written: values.Written) -> Markup:
    plot = strip(row.told, scale, row.label, odd=row.odd)
    value = tag("span", values.shown(row.told.value, written), class_="value")
    beside = tag("span", *_reference(row.told, written), values.interval(row.told, written), class_="over")
    return tag("li", tag("span", row.name, class_="label"), plot, value, beside)


def _reference(told: Estimate, written: values.Written) -> list[Markup]:
    if told.reference is None:
        return []
    return [tag("span", "reference ", values.shown(told.reference, written))]
