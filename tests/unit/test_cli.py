"""The command line: durations, help, exit codes."""

import pytest
import typer
from typer.testing import CliRunner

from ridewatch.cli import app, seconds

COMMANDS = ("up", "down", "status", "train", "replay", "report", "redrive", "open", "demo")


@pytest.fixture(autouse=True)
def _no_stack(monkeypatch, tmp_path):
    monkeypatch.setenv("RIDEWATCH_HOME", str(tmp_path))


@pytest.mark.parametrize(("text", "value"), [("90", 90), ("90s", 90), ("5m", 300), ("1.5h", 5400), (0, 0)])
def test_a_duration_has_a_unit_or_is_in_seconds(text, value):
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["soon", "-1", "5d", ""])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(typer.BadParameter, match="no duration"):
        seconds(text)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_with_an_example(command):
    shown = CliRunner().invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert "Example" in shown.output


@pytest.mark.parametrize(
    "words", [["status"], ["status", "--json"], ["replay", "--data", "simulated"], ["report"], ["redrive"], ["open"]]
)
def test_without_a_stack_the_exit_code_is_3(words):
    assert CliRunner().invoke(app, words).exit_code == 3


def test_half_a_window_is_wrong_usage():
    assert CliRunner().invoke(app, ["report", "--start", "2019-03-01"]).exit_code == 2
