"""Panels as Grafana reads them: what is asked, and how it is drawn."""

from typing import Any, NamedTuple

SOURCE = {"type": "prometheus", "uid": "${source}"}
WIDE, HALF, THIRD, SIXTH = 24, 12, 8, 4
TALL, LOW = 9, 4


class Query(NamedTuple):
    """One query: PromQL, and what its series are called."""

    expression: str
    legend: str
    instant: bool = False


class Panel(NamedTuple):
    """One panel."""

    title: str
    meaning: str
    kind: str
    """Grafana's name of the way to draw: timeseries, stat, bargauge, table."""
    queries: tuple[Query, ...]
    unit: str = "short"
    width: int = HALF
    height: int = TALL
    least: float | None = None


def lines(title: str, meaning: str, *queries: tuple[str, str], unit: str = "short", width: int = HALF) -> Panel:
    """Draw values over time."""
    return Panel(title, meaning, "timeseries", tuple(Query(*query) for query in queries), unit, width, least=0)


def bars(title: str, meaning: str, *queries: tuple[str, str], unit: str = "short", width: int = HALF) -> Panel:
    """Draw values of now side by side."""
    asked = tuple(Query(*query, instant=True) for query in queries)
    return Panel(title, meaning, "bargauge", asked, unit, width, least=0)


def number(title: str, meaning: str, expression: str, legend: str = "", unit: str = "short") -> Panel:
    """Show a value of now."""
    return Panel(title, meaning, "stat", (Query(expression, legend, instant=True),), unit, SIXTH, LOW)


def laid_out(panels: tuple[Panel, ...]) -> list[dict[str, Any]]:
    """Give the panels as JSON, row by row from the left."""
    found, x, y, height = [], 0, 0, 0
    for number_, panel in enumerate(panels, 1):
        if x + panel.width > WIDE:
            x, y, height = 0, y + height, 0
        found.append(_json(panel, number_, {"x": x, "y": y, "w": panel.width, "h": panel.height}))
        x, height = x + panel.width, max(height, panel.height)
    return found


def _json(panel: Panel, number_: int, place: dict[str, int]) -> dict[str, Any]:
    defaults = {"unit": panel.unit} | ({} if panel.least is None else {"min": panel.least})
    return {
        "id": number_,
        "title": panel.title,
        "description": panel.meaning,
        "type": panel.kind,
        "datasource": SOURCE,
        "gridPos": place,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": _options(panel.kind),
        "targets": [_target(query, letter) for query, letter in zip(panel.queries, "ABCDEFGH", strict=False)],
    }


def _options(kind: str) -> dict[str, Any]:
    last = {"calcs": ["lastNotNull"], "fields": "", "values": False}
    if kind == "timeseries":
        return {
            "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
            "tooltip": {"mode": "multi", "sort": "desc"},
        }
    if kind == "bargauge":
        return {"displayMode": "basic", "orientation": "horizontal", "reduceOptions": last, "showUnfilled": True}
    return {"colorMode": "value", "graphMode": "none", "reduceOptions": last, "textMode": "auto"}


def _target(query: Query, letter: str) -> dict[str, Any]:
    return {
        "refId": letter,
        "datasource": SOURCE,
        "expr": query.expression,
        "legendFormat": query.legend or "__auto",
        "instant": query.instant,
        "range": not query.instant,
    }
