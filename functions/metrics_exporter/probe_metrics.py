"""Metrics of the service as its callers see it; absent where the exporter was not told where it is."""

from collections.abc import Iterator
from itertools import product

from adapters.service import REASONS
from metrics_exporter.metric import Metric, Sample
from metrics_exporter.view import View


def _up(view: View, _now: float) -> Iterator[Sample]:
    probed = view.probes.state.value
    for name, probe in probed.last.items() if probed else ():
        yield (name,), float(not probe.reason)


def _seconds(view: View, _now: float) -> Iterator[Sample]:
    probed = view.probes.state.value
    for name, probe in probed.last.items() if probed else ():
        yield (name,), probe.seconds


def _failures(view: View, _now: float) -> Iterator[Sample]:
    probed = view.probes.state.value
    for labels in product(probed.last, REASONS) if probed else ():
        yield labels, probed.failures.get(labels, 0) if probed else 0


PROBES = (
    Metric(
        "ridewatch_probe_success",
        "gauge",
        "Whether the service answered when asked last: `health`, and `canary`, a ride that nobody counts.",
        "0 or 1",
        ("probe",),
        _up,
    ),
    Metric(
        "ridewatch_probe_duration_seconds",
        "gauge",
        "How long that took, the network included.",
        "seconds",
        ("probe",),
        _seconds,
    ),
    Metric(
        "ridewatch_probe_failures_total",
        "counter",
        "Probes that failed, since the exporter started: timeout, unreachable, throttled (429), refused (other 4xx), "
        "broken (5xx, or an answer that is none).",
        "probes",
        ("probe", "reason"),
        _failures,
    ),
)
