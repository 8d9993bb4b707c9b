"""Metrics of the alerts that reports have opened."""

from collections import Counter
from collections.abc import Iterator

from metrics_exporter.metric import Metric, Sample
from metrics_exporter.view import View
from rides.alert_rules import RULES


def _open(view: View, _now: float) -> Iterator[Sample]:
    alerts = view.alerts.state.value
    if alerts is not None:
        counts = Counter((alert.rule, alert.severity) for alert in alerts if not alert.is_test)
        known = {(rule.name, rule.severity) for rule in RULES}
        yield from ((labels, counts[labels]) for labels in sorted(known | set(counts)))


def _since(view: View, _now: float) -> Iterator[Sample]:
    began: dict[tuple[str, ...], float] = {}
    for alert in view.alerts.state.value or ():
        if not alert.is_test:
            labels = (alert.rule, alert.severity)
            began[labels] = min(began.get(labels, alert.at.timestamp()), alert.at.timestamp())
    yield from sorted(began.items())


ALERTS = (
    Metric(
        "ridewatch_open_alerts",
        "gauge",
        "Alerts that reports have opened and not resolved yet, by rule.",
        "alerts",
        ("rule", "severity"),
        _open,
    ),
    Metric(
        "ridewatch_open_alert_timestamp_seconds",
        "gauge",
        "Since when the oldest of them has been open; absent while none is.",
        "Unix seconds",
        ("rule", "severity"),
        _since,
    ),
)
