"""One alerting rule, before it is written as Prometheus reads it."""

from typing import Any, NamedTuple

GRAFANA = "http://127.0.0.1:3000/d"


class Alert(NamedTuple):
    """A condition, how long it must last, and what a person is told."""

    name: str
    expression: str
    lasting: str
    severity: str
    """page: a consequence, somebody gets up; ticket: a cause, it waits."""
    summary: str
    dashboard: str
    runbook: str


def written(alert: Alert) -> dict[str, Any]:
    """Write an alert as Prometheus reads it."""
    return {
        "alert": alert.name,
        "expr": alert.expression,
        "for": alert.lasting,
        "labels": {"severity": alert.severity},
        "annotations": {
            "summary": alert.summary,
            "runbook_url": alert.runbook,
            "dashboard_url": f"{GRAFANA}/ridewatch-{alert.dashboard}",
        },
    }
