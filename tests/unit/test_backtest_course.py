"""One pass through the functions over stores in memory, and what is written of it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from ridewatch.backtest.course import Case, run
from ridewatch.backtest.labels import Labels
from ridewatch.backtest.plan import Plan
from ridewatch.backtest.result import Backtest
from ridewatch.backtest.timetable import Timetable
from ridewatch.backtest.versions import trained
from ridewatch.cli import app
from ridewatch.faults.fault import fault_of
from ridewatch.sources.load import load

DATA = "simulated?start=2019-03-04&days=4&rows=1200"
TRAIN = "simulated?start=2019-01-01&days=59&rows=3000"
SOON = Labels("fixed", 600.0)


@pytest.fixture(scope="module")
def rides():
    """Four days."""
    return load(DATA, seed=1)


@pytest.fixture(scope="module")
def versions(rides):
    """A model of the winter."""
    start = Timetable.of(rides, SOON, 0).start
    return trained(load(TRAIN, seed=0), ("winter",), start, 0)


def passed(rides, versions, plan, fault=None, begins=None):
    """Pass rides."""
    return run(Case(Timetable.of(rides, plan.labels, plan.seed), fault, begins), versions, plan)


@pytest.fixture(scope="module")
def quiet(rides, versions):
    """The pass of rides as they are."""
    return passed(rides, versions, Plan(labels=SOON))


def test_every_ride_is_asked_and_every_label_attached(rides, quiet):
    """By the functions' own rules: what is not valid is refused, what is told finds its prediction."""
    assert quiet.rides == len(rides)
    assert len(quiet.predictions) >= 0.97 * len(rides)
    assert quiet.labelled_rides >= 0.95 * len(quiet.predictions)


def test_the_same_rides_give_the_same_pass(rides, versions, quiet):
    """Ids are counted, not drawn."""
    again = passed(rides, versions, Plan(labels=SOON))
    assert again.raised == quiet.raised
    assert [(p.prediction_id, p.minutes) for p in again.predictions] == [
        (p.prediction_id, p.minutes) for p in quiet.predictions
    ]


def test_lost_labels_are_never_attached(rides, versions):
    """A third of them."""
    found = passed(rides, versions, Plan(labels=Labels("fixed", 600.0, lost=0.33)))
    assert found.labelled_rides == pytest.approx(0.67 * found.rides, rel=0.08)


def test_what_befalls_the_model_changes_who_answers(rides, versions):
    """From its beginning on the older one does."""
    begins = datetime(2019, 3, 6, 5, tzinfo=UTC)
    found = passed(rides, versions, Plan(labels=SOON), fault_of("older_model"), begins)
    older = {p.predicted_at for p in found.predictions if p.model_version == versions.older.card.version}
    newer = {p.predicted_at for p in found.predictions if p.model_version == versions.champion.card.version}
    assert max(newer) <= begins + timedelta(hours=1) <= min(older) + timedelta(hours=1)


def test_what_befalls_answers_shifts_them(rides, versions, quiet):
    """Three minutes short in one borough, not below nothing, from the fault's day on."""
    fault = fault_of("short_borough").model_copy(update={"day": 3})
    found = passed(rides, versions, Plan(labels=SOON), fault, datetime(2019, 3, 6, 5, tzinfo=UTC))
    pairs = [(a.minutes, b.minutes) for a, b in zip(found.predictions, quiet.predictions, strict=True)]
    shifted = [(now, usual) for now, usual in pairs if now != usual]
    assert 0 < len(shifted) < len(pairs) / 4
    assert all(now == pytest.approx(max(usual - 3, 0)) for now, usual in shifted)


def test_the_schedule_changes_what_is_reported_and_not_what_is_answered(rides, versions):
    """The same answers and labels."""
    few = rides.take(slice(250))
    daily, hourly = (passed(few, versions, Plan(name, labels=SOON)) for name in ("daily", "hourly"))
    assert hourly.predictions == [
        each.model_copy(update={"latency_ms": own.latency_ms})
        for each, own in zip(daily.predictions, hourly.predictions, strict=True)
    ]
    assert (hourly.rides, hourly.labelled_rides) == (daily.rides, daily.labelled_rides)


def test_the_command_writes_json_and_a_page(tmp_path):
    """What a script reads, and what a person looks at."""
    page = tmp_path / "page.html"
    words = ["backtest", "--train", TRAIN, "--data", DATA, "--limit", "900", "--json", "--page", str(page)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    result = Backtest.model_validate(json.loads(done.stdout))
    assert (result.rides, result.days, result.faults) == (900, 4, ())
    assert {each.setup for each in result.false_alarms} == {"ridewatch", "fixed_psi", "column_tests"}
    assert "What would have been told" in page.read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--label-delay", "soon"], "exponential:2h"),
        (["--fault", "meteor"], "kilometres"),
        (["--faults", "no-such-file"], "no-such-file"),
        (["--faults", "meteor.toml"], "there is no fault 'meteor'"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(words, told, tmp_path, monkeypatch):
    """With the remedy, before anything is trained."""
    monkeypatch.chdir(tmp_path)
    said = (
        'does = "x"\nof = "rides"\nday = 3\nhour = 0\nshare = 1.0\nmonitor = "drift"\nnamed = "x"\ncause = "concept"\n'
    )
    (tmp_path / "meteor.toml").write_text(f"[meteor]\n{said}")
    done = CliRunner().invoke(app, ["backtest", "--train", TRAIN, "--data", DATA, *words])
    assert done.exit_code == 1
    assert told in done.stderr
