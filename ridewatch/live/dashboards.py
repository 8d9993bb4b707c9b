"""The four dashboards: Now, Data, Model, Monitor."""

from typing import Any

from ridewatch.live import data_panels, model_panels, monitor_panels, now_panels
from ridewatch.live.panels import SOURCE, Panel, laid_out

SCHEMA_VERSION = 39
"""Of Grafana 11; newer ones read it."""
TAG = "ridewatch"
NEW_MODEL = (
    'count by (model_version) (max by (model_version) (ridewatch_predictions_total{served_by="champion"}) > 0) '
    "unless on (model_version) "
    '(max by (model_version) (ridewatch_predictions_total{served_by="champion"} offset 2m) > 0)'
)
FIRING = 'ALERTS{alertstate="firing"}'
VERSION = ("model_version", "label_values(ridewatch_predictions_total, model_version)", True)
SEGMENT = ("segment", "label_values(ridewatch_column_rows_total, segment)", False)
COLUMN = ("column", 'label_values(ridewatch_column_rows_total{segment="all"}, column)', False)

Variable = tuple[str, str, bool]
"""Name, where its values come from, and whether all of them can be chosen at once."""


def dashboards() -> dict[str, dict[str, Any]]:
    """Give every dashboard by its name."""
    return {
        "now": _dashboard("now", "Now", now_panels.PANELS, [VERSION]),
        "data": _dashboard("data", "Data", data_panels.PANELS, [VERSION, SEGMENT, COLUMN]),
        "model": _dashboard("model", "Model", model_panels.PANELS, [VERSION, SEGMENT]),
        "monitor": _dashboard("monitor", "Monitor", monitor_panels.PANELS, []),
    }


def _dashboard(name: str, title: str, panels: tuple[Panel, ...], variables: list[Variable]) -> dict[str, Any]:
    return {
        "uid": f"{TAG}-{name}",
        "title": f"Ridewatch: {title}",
        "tags": [TAG],
        "schemaVersion": SCHEMA_VERSION,
        "version": 1,
        "editable": False,
        "timezone": "browser",
        "time": {"from": "now-6h", "to": "now"},
        "refresh": "10s",
        "links": _links(),
        "annotations": {"list": [_annotation("New models", NEW_MODEL), _annotation("Alerts", FIRING)]},
        "templating": {"list": [_source(), *(_variable(*one) for one in variables), _reports()]},
        "panels": laid_out(panels),
    }


def _links() -> list[dict[str, Any]]:
    return [
        {"type": "dashboards", "title": "Ridewatch", "tags": [TAG], "asDropdown": False, "keepTime": True},
        {"type": "link", "title": "Reports", "url": "${reports}", "targetBlank": True, "icon": "doc"},
    ]


def _annotation(name: str, expression: str) -> dict[str, Any]:
    return {"name": name, "datasource": SOURCE, "enable": True, "expr": expression, "iconColor": "blue"}


def _source() -> dict[str, Any]:
    return {"name": "source", "type": "datasource", "query": "prometheus", "label": "Prometheus", "hide": 2}


def _variable(name: str, query: str, several: bool) -> dict[str, Any]:
    every = {"includeAll": True, "multi": True, "current": {"text": ["All"], "value": ["$__all"]}} if several else {}
    return {
        "name": name,
        "type": "query",
        "datasource": SOURCE,
        "query": {"query": query, "refId": name},
        "refresh": 2,
        "sort": 1,
        **every,
    }


def _reports() -> dict[str, Any]:
    return {"name": "reports", "type": "textbox", "label": "Report page", "query": "", "hide": 0}
