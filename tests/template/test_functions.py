"""Every function has its own log group, role, alarm, and exactly the environment that its settings read."""

import ast
import json
import pathlib
import re

import pytest

FUNCTIONS = pathlib.Path(__file__).parents[2] / "functions"
NAMES = ["PredictFunction", "RecordFunction", "RedriveFunction", "DriftReportFunction", "ReportsFunction"]
OF_EVERY_FUNCTION = {"LOG_LEVEL", "POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_SERVICE_NAME"}


def _room(function):
    return function["Handler"].split(".")[0]


def _variables(function):
    return set(function["Environment"]["Variables"]) - OF_EVERY_FUNCTION


def _read_by_settings(room):
    """Name the variables that a room's settings read: every string there that looks like one."""
    tree = ast.parse((FUNCTIONS / room / "settings.py").read_text())
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {text for text in constants if isinstance(text, str) and re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", text)}


def test_these_are_all_functions(functions):
    """A new function must be added to these tests."""
    assert sorted(functions) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_logs_go_to_a_group_of_its_own_that_forgets(name, functions, resources):
    """Lambda's own groups keep for ever and outlive the stack."""
    group = functions[name]["LoggingConfig"]["LogGroup"]["Ref"]
    assert resources[group]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    users = [other for other in functions.values() if other["LoggingConfig"]["LogGroup"] == {"Ref": group}]
    assert len(users) == 1


@pytest.mark.parametrize("name", NAMES)
def test_an_alarm_tells_of_its_errors(name, resources):
    """A function that fails is noticed."""
    alarms = resources.of("AWS::CloudWatch::Alarm").values()
    assert [{"Name": "FunctionName", "Value": {"Ref": name}}] in [
        alarm["Dimensions"] for alarm in alarms if alarm["MetricName"] == "Errors"
    ]


@pytest.mark.parametrize("room", ["predict", "record", "drift_report", "reports"])
def test_the_environment_is_what_the_settings_of_the_room_read(room, functions):
    """A variable that is missing fails the cold start; one too many misleads."""
    declared = set().union(*(_variables(function) for function in functions.values() if _room(function) == room))
    assert declared == _read_by_settings(room)


@pytest.mark.parametrize("name", NAMES)
def test_powertools_names_it_and_its_metrics(name, functions):
    """Logs and metrics say who speaks."""
    assert functions[name]["Environment"]["Variables"].keys() >= OF_EVERY_FUNCTION


@pytest.mark.parametrize("name", NAMES)
def test_its_handler_lies_in_a_room(name, functions):
    """A handler string names a file of the checkout, and the room says what it is built of."""
    module, _, attribute = functions[name]["Handler"].rpartition(".")
    path = FUNCTIONS / (module.replace(".", "/") + ".py")
    names = {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
    assert attribute in names
    assert (FUNCTIONS / _room(functions[name]) / "packages.txt").read_text().split()[-1] == _room(functions[name])


def test_the_drift_report_has_time_and_memory(functions):
    """Evidently needs both; 900 s are Lambda's longest."""
    assert functions["DriftReportFunction"]["Timeout"] == 900
    assert functions["DriftReportFunction"]["MemorySize"] >= 1024


def test_the_drift_report_is_scheduled_by_hour_and_by_day(resources):
    """Each rule says which windows it wants."""
    rules = [rule for rule in resources.of("AWS::Events::Rule").values() if "Input" in rule["Targets"][0]]
    inputs = {rule["ScheduleExpression"]["Ref"]: json.loads(rule["Targets"][0]["Input"]) for rule in rules}
    assert inputs == {"HourlySchedule": {"windows": "hour"}, "DailySchedule": {"windows": "day"}}


def test_spilled_events_go_back_by_a_rule(resources):
    """Nobody has to remember."""
    schedules = [rule["ScheduleExpression"] for rule in resources.of("AWS::Events::Rule").values()]
    assert {"Ref": "RedriveSchedule"} in schedules
