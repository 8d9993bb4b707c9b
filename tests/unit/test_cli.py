"""The command line: durations, help, exit codes."""

import pytest
import typer
from typer.testing import CliRunner

from contracts.sheet import sheet
from ridewatch.cli import app, seconds
from ridewatch.memory.reports import MemoryReports
from tests.fakes.mongodb import FakeMongo
from tests.sample_reports import april, march

COMMANDS = ("up", "down", "status", "train", "replay", "report", "export", "redrive", "open", "demo")
OF_ALERTS = ("alerts", "silence", "accept", "review")


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


@pytest.mark.parametrize("command", [*COMMANDS, *OF_ALERTS])
def test_every_command_teaches_with_an_example(command):
    shown = CliRunner().invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert "Example" in shown.output


@pytest.mark.parametrize(
    "words",
    [
        *(["status"], ["status", "--json"], ["replay", "--data", "simulated"], ["report"]),
        *(["export"], ["redrive"], ["open"]),
    ],
)
def test_without_a_stack_the_exit_code_is_3(words):
    assert CliRunner().invoke(app, words).exit_code == 3


def test_half_a_window_is_wrong_usage():
    assert CliRunner().invoke(app, ["report", "--start", "2019-03-01"]).exit_code == 2


@pytest.fixture
def shelf(monkeypatch):
    """Let a command find a stack whose reports are in memory."""
    reports = MemoryReports(FakeMongo())
    for report in (april(), march()):
        reports.save(report)
    monkeypatch.setattr("ridewatch.commands.work.chosen_stack", lambda name: name)
    monkeypatch.setattr("ridewatch.commands.work.database_of", lambda _: None)
    monkeypatch.setattr("adapters.mongodb.reports.Reports", lambda _: reports)


@pytest.mark.usefixtures("shelf")
def test_an_export_is_the_table_of_all_reports_oldest_first(tmp_path):
    file = tmp_path / "numbers.csv"
    assert CliRunner().invoke(app, ["export", "--output", str(file)]).exit_code == 0
    assert file.read_bytes().decode() == "".join(sheet([march(), april()]))
    assert [path.name for path in tmp_path.iterdir()] == ["numbers.csv"]


@pytest.mark.usefixtures("shelf")
def test_an_export_since_a_day_is_of_windows_that_ended_later():
    shown = CliRunner().invoke(app, ["export", "--since", "2019-03-02"])
    assert shown.output == "".join(sheet([april()])).replace("\r\n", "\n")


@pytest.mark.usefixtures("shelf")
def test_an_export_to_nowhere_says_so(tmp_path):
    shown = CliRunner().invoke(app, ["export", "--output", str(tmp_path / "none" / "numbers.csv")])
    assert shown.exit_code == 1
    assert "No such file or directory" in shown.output
