"""How Prometheus is told what to scrape, which rules to keep, and whom to tell of alerts."""

from collections.abc import Sequence
from typing import Any

SCRAPE_INTERVAL = "5s"
EVALUATION_INTERVAL = "15s"


def configuration(exporter: str, rules: Sequence[str], alertmanager: str = "") -> dict[str, Any]:
    """Give the configuration of a Prometheus beside an exporter."""
    told = {"alerting": {"alertmanagers": [_static(alertmanager)]}} if alertmanager else {}
    return {
        "global": {"scrape_interval": SCRAPE_INTERVAL, "evaluation_interval": EVALUATION_INTERVAL},
        "rule_files": list(rules),
        **told,
        "scrape_configs": [{"job_name": "ridewatch", **_static(exporter)}],
    }


def _static(target: str) -> dict[str, Any]:
    return {"static_configs": [{"targets": [target]}]}
