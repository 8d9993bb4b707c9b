"""The dashboards as Grafana wants them, as far as a machine without Grafana can tell."""

import re
from itertools import combinations

import pytest

from metrics_exporter.catalogue import CATALOGUE
from ridewatch.live.alerting import every_alert
from ridewatch.live.dashboards import dashboards
from ridewatch.live.recording import recording_groups

BOARDS = dashboards()
BUILT_IN = {"__range", "__rate_interval", "source", "reports"}
OURS = re.compile(r"\bridewatch_\w+")
RECORDED = re.compile(r"\bridewatch:[\w:]+")
every_board = pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)


def expressions(board):
    """List every query of a dashboard."""
    asked = [query["expr"] for panel in board["panels"] for query in panel["targets"]]
    return asked + [one["expr"] for one in board["annotations"]["list"]]


@every_board
def test_no_two_panels_share_a_place(board):
    """Grafana would push one of them away."""
    for one, other in combinations([panel["gridPos"] for panel in board["panels"]], 2):
        apart = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        assert apart or one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in board["panels"])


@every_board
def test_every_panel_says_what_it_shows(board):
    """A title, a meaning, a unit, and queries told apart."""
    ids = [panel["id"] for panel in board["panels"]]
    assert len(set(ids)) == len(ids)
    for panel in board["panels"]:
        assert panel["title"]
        assert panel["description"]
        assert panel["fieldConfig"]["defaults"]["unit"]
        letters = [query["refId"] for query in panel["targets"]]
        assert letters == sorted(set(letters))


@every_board
def test_every_variable_that_is_used_is_there(board):
    """An unknown one would be sent to Prometheus as it stands."""
    there = {variable["name"] for variable in board["templating"]["list"]} | BUILT_IN
    used = re.findall(r"\$(\w+)", " ".join([*expressions(board), *(panel["title"] for panel in board["panels"])]))
    assert set(used) <= there


def test_only_what_is_exported_or_recorded_is_asked_for():
    """By dashboards, recording rules and alerts alike."""
    names = {metric.name for metric in CATALOGUE}
    names |= {f"{metric.name}_{part}" for metric in CATALOGUE if metric.type == "histogram" for part in PARTS}
    recorded = {rule["record"] for group in recording_groups() for rule in group["rules"]}
    rules = [rule["expr"] for group in recording_groups() for rule in group["rules"]]
    asked = [text for board in BOARDS.values() for text in expressions(board)]
    asked += rules + [alert.expression for alert in every_alert()]
    assert set(OURS.findall(" ".join(asked))) <= names
    assert set(RECORDED.findall(" ".join(asked))) <= recorded


PARTS = ("bucket", "sum", "count")


@every_board
def test_a_person_finds_the_other_dashboards_and_the_reports(board):
    """Links, and what happened meanwhile."""
    assert {link["type"] for link in board["links"]} == {"dashboards", "link"}
    assert {one["name"] for one in board["annotations"]["list"]} == {"New models", "Alerts"}


def test_every_alerts_dashboard_is_there():
    """The link leads somewhere."""
    assert {f"ridewatch-{alert.dashboard}" for alert in every_alert()} <= {board["uid"] for board in BOARDS.values()}
