"""Pictures of what a user sees: the report page and Prometheus's own pages, by a headless Chromium."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from ridewatch.embedded import web

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = "1400,2000"
GRAPH = "1400,1060"
PATIENCE_MS = 8_000
"""How long a page may draw itself."""
SECONDS = 60
ASKED = {
    "prometheus-psi": 'ridewatch:psi_corrected:5m{segment="all",column!="weekday"}',
    "prometheus-errors": "(rate(ridewatch_judged_error_over_seconds_total[2m]) "
    "+ rate(ridewatch_judged_error_under_seconds_total[2m])) / rate(ridewatch_judged_predictions_total[2m])",
}
"""Pictures of Prometheus's graphs, and what each asks."""


class NoBrowser(Exception):
    """No Chromium is on the PATH."""


class NotDrawn(Exception):
    """The browser drew no picture."""


def pages(report_url: str, prometheus_url: str) -> Mapping[str, str]:
    """Name the pages; those of a Prometheus that is not there are left out."""
    own = {"reports": report_url}
    if not prometheus_url:
        return own
    graphs = {name: f"{prometheus_url}/graph?{_graph(expression)}" for name, expression in ASKED.items()}
    return own | graphs | {"prometheus-alerts": _alerts(prometheus_url)}


def take(page: str, target: Path, size: str = SIZE) -> None:
    """Draw one page into a PNG. Raises NoBrowser, NotDrawn."""
    options = [
        "--headless",
        "--hide-scrollbars",
        "--disable-gpu",
        f"--window-size={size}",
        f"--virtual-time-budget={PATIENCE_MS}",
        f"--screenshot={target}",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),  # Chromium refuses its sandbox to root
    ]
    target.unlink(missing_ok=True)
    drawn = subprocess.run([_browser(), *options, page], capture_output=True, timeout=SECONDS, check=False)
    if not target.exists():
        message = f"{target.name} was not drawn: {drawn.stderr.decode(errors='replace')[-300:]}"
        raise NotDrawn(message)


def _alerts(prometheus_url: str) -> str:
    """Give the page of alerts: Debian's Prometheus has the classic one alone."""
    page = f"{prometheus_url}/alerts"
    return page if web.is_well(page, 5) else f"{prometheus_url}/classic/alerts"


def _browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        message = f"none of {', '.join(BROWSERS)} is on the PATH (Debian: apt install chromium)"
        raise NoBrowser(message)
    return found


def _graph(expression: str) -> str:
    return urlencode({"g0.expr": expression, "g0.tab": "0", "g0.range_input": "15m"})
