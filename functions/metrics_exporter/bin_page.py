"""The page of the bins, in Prometheus's text format; what does not change of it is written once."""

from functools import lru_cache

from contracts.marginals import Marginals
from metrics_exporter.bin_metrics import NOW, REFERENCE
from metrics_exporter.bin_series import LABELS, Series, counted, series_of
from metrics_exporter.bins import Bins
from metrics_exporter.metric import Metric


def page_of(bins: Bins) -> str:
    """Write the bins in Prometheus's text format."""
    shown = [series_of(version, marginals) for version, marginals in bins.marginals.items()]
    names = [_prefixes(NOW.name, version, marginals) for version, marginals in bins.marginals.items()]
    counts = bins.tally.counts
    lines = [
        f"{prefix}{counted(one, counts)}\n"
        for prefixes, series in zip(names, shown, strict=True)
        for prefix, one in zip(prefixes, series, strict=True)
    ]
    references = [_reference_page(version, marginals) for version, marginals in bins.marginals.items()]
    return "".join((_head(NOW), *lines, _head(REFERENCE), *references)) if shown else ""


@lru_cache(maxsize=64)
def _reference_page(version: str, marginals: Marginals) -> str:
    prefixes = _prefixes(REFERENCE.name, version, marginals)
    series = series_of(version, marginals)
    return "".join(f"{prefix}{one.reference}\n" for prefix, one in zip(prefixes, series, strict=True))


@lru_cache(maxsize=128)
def _prefixes(name: str, version: str, marginals: Marginals) -> tuple[str, ...]:
    return tuple(f"{name}{{{_labels(series)}}} " for series in series_of(version, marginals))


def _labels(series: Series) -> str:
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in zip(LABELS, series.labels, strict=True))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _head(metric: Metric) -> str:
    return f"# HELP {metric.name} {_escaped_help(metric.meaning)}\n# TYPE {metric.name} {metric.type}\n"


def _escaped_help(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")
