"""The catalogue as a prometheus_client collector, but for the bins: their page is ready."""

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from metrics_exporter.catalogue import COLLECTED
from metrics_exporter.metric import Buckets, Metric, Sample
from metrics_exporter.view import View


class ViewCollector(Collector):
    """Shows the view as it is at the moment of the scrape; nothing is read for it."""

    def __init__(self, view: View, clock: Callable[[], float]) -> None:
        self._view = view
        self._clock = clock

    def collect(self) -> Iterator[Family]:
        """Give every metric that has samples."""
        now = self._clock()
        for metric in COLLECTED:
            family = family_of(metric, metric.samples(self._view, now))
            if family.samples:
                yield family

    def describe(self) -> Iterable[Family]:
        """Give every metric, without samples."""
        return [family_of(metric, ()) for metric in COLLECTED]


def registry_of(view: View, clock: Callable[[], float]) -> CollectorRegistry:
    """Make a registry of the view and of the process itself."""
    registry = CollectorRegistry()
    registry.register(ViewCollector(view, clock))
    ProcessCollector(registry=registry)
    return registry


def family_of(metric: Metric, samples: Iterable[Sample]) -> Family:
    """Put samples into the library's shape."""
    if metric.type == "histogram":
        return _histogram(metric, samples)
    shape = CounterMetricFamily if metric.type == "counter" else GaugeMetricFamily
    family = shape(metric.name, metric.meaning, labels=metric.labels)
    for labels, value in samples:
        if not isinstance(value, Buckets):
            family.add_metric(labels, value)
    return family


def _histogram(metric: Metric, samples: Iterable[Sample]) -> Family:
    family = HistogramMetricFamily(metric.name, metric.meaning, labels=metric.labels)
    for labels, value in samples:
        if isinstance(value, Buckets):
            family.add_metric(labels, buckets=value.edges, sum_value=value.total)
    return family
