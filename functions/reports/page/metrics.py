"""Every error of some rides beside the reference's, with its interval: a table with a strip in each row."""

from collections.abc import Iterator
from typing import NamedTuple

from contracts.findings import Estimate, Performance
from reports.page import text, values
from reports.page.markup import Markup, join, tag
from reports.page.plots.key import ESTIMATES, key
from reports.page.plots.scale import Scale
from reports.page.plots.strip import scale_of, strip
from reports.page.table import number, row, table, wide

HEADS = (
    ("Error", None),
    ("This window", "n"),
    ("95\N{NO-BREAK SPACE}% interval", "n"),
    ("Reference", "n"),
    ("", "strip"),
)


class Metric(NamedTuple):
    """One number of a performance: its name, what it is, and how it is written."""

    name: str
    meaning: str
    told: Estimate
    written: values.Written


def metrics_table(told: Performance) -> Markup:
    """Show what is known; minutes share one scale, shares another."""
    groups = [_known(_minutes(told)), _known(_shares(told))]
    worse = told.mae if told.worse else None
    rows = [_row(metric, _scale(group), odd=metric.told is worse) for group in groups for metric in group]
    return join([key(*ESTIMATES), table(HEADS, rows)]) if rows else Markup()


def summary_of(name: str, told: Estimate, written: values.Written) -> str:
    """Say an estimate in words, for who cannot see it."""
    parts = [f"{name}: {written(told.value)} now"]
    if told.low is not None and told.high is not None:
        parts.append(f"interval {text.bare(written(told.low))} to {written(told.high)}")
    if told.reference is not None:
        parts.append(f"{written(told.reference)} in the reference")
    return ", ".join(parts)


def _minutes(told: Performance) -> Iterator[tuple[str, str, Estimate | None, values.Written]]:
    yield "MAE", "mean absolute error", told.mae, text.minutes
    yield "RMSE", "root mean squared error", told.rmse, text.minutes
    yield "P90", "nine in ten are off by at most", told.p90, text.minutes
    yield "Bias", "prediction − actual, mean", told.bias, text.change
    yield "Naive MAE", "the fallback’s, on the same rides", told.naive_mae, text.minutes


def _shares(told: Performance) -> Iterator[tuple[str, str, Estimate | None, values.Written]]:
    yield "MAPE", "mean of |error| / actual", told.mape, text.share
    yield "Skill", "share of the naive error that the model spares", told.skill, text.share


def _known(found: Iterator[tuple[str, str, Estimate | None, values.Written]]) -> list[Metric]:
    return [Metric(name, meaning, told, written) for name, meaning, told, written in found if told is not None]


def _scale(group: list[Metric]) -> Scale:
    return scale_of((metric.told for metric in group), also=[0.0])


def _row(metric: Metric, scale: Scale, *, odd: bool) -> Markup:
    name = join([f"{metric.name} ", tag("span", metric.meaning, class_="small quiet")])
    return row(
        name,
        number("Now", values.shown(metric.told.value, metric.written)),
        number("Interval", values.interval(metric.told, metric.written)),
        number("Reference", values.shown(metric.told.reference, metric.written)),
        wide(strip(metric.told, scale, summary_of(metric.name, metric.told, metric.written), odd=odd)),
    )
