import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, root_mean_squared_error

from contracts.profile import DeclaredColumn
from monitoring.columns import column_reports, cyclic
from monitoring.performance import performance_of
from monitoring.profile import profile_of
from monitoring.sentences import sentences_of
from monitoring.spec import make_spec

LEAST = 50
HOURS = tuple(map(str, range(24)))
DECLARED = (
    DeclaredColumn(name="size", kind="numeric", unit="m"),
    DeclaredColumn(name="kind", kind="categorical"),
    DeclaredColumn(name="hour", kind="categorical", categories=HOURS, cycle="day", ordered=True),
    DeclaredColumn(name="answer", kind="numeric", role="prediction"),
    DeclaredColumn(name="truth", kind="numeric", role="actual"),
    DeclaredColumn(name="error", kind="numeric", role="error"),
)


def rows(count, seed=0, **changes):
    """Give rows of a quiet day, and what is changed of them."""
    luck = np.random.default_rng(seed)
    truth = luck.gamma(3, 4, count)
    answer = truth + luck.normal(0.2, 2, count)
    quiet = {
        "size": truth / 4 + luck.normal(0, 0.2, count),
        "kind": luck.choice(["a", "b", "c"], count, p=[0.6, 0.3, 0.1]),
        "hour": luck.integers(0, 24, count),
        "answer": answer,
        "truth": truth,
        "error": answer - truth,
    }
    return quiet | changes


REFERENCE_ROWS = rows(20_000, seed=1)
SPEC = make_spec(DECLARED, REFERENCE_ROWS)
REFERENCE = profile_of(SPEC, REFERENCE_ROWS)


def judged(columns, *, weeks=True):
    """Give each column's report, by name; with or without whole weeks."""
    whole_weeks = profile_of(cyclic(SPEC), columns) if weeks else None
    return {c.name: c for c in column_reports(profile_of(SPEC, columns), whole_weeks, REFERENCE, LEAST)}


def test_nothing_drifts_when_nothing_moved():
    """Errors are not judged here."""
    found = judged(rows(2_000))
    assert {name: column.drifted for name, column in found.items()} == {
        "size": False,
        "kind": False,
        "hour": False,
        "answer": False,
        "truth": False,
        "error": None,
    }
    assert found["error"].status == "not_judged"


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("size", rows(2_000)["size"] + 1.5),
        ("kind", np.random.default_rng(5).choice(["a", "b", "c"], 2_000, p=[0.3, 0.3, 0.4])),
        ("hour", np.random.default_rng(5).integers(0, 16, 2_000)),
    ],
)
def test_what_moved_is_named_and_nothing_else(name, moved):
    """Its scores say how far; the bound is told."""
    found = judged(rows(2_000) | {name: moved})
    assert [column.name for column in found.values() if column.drifted] == [name]
    assert found[name].psi_lower > found[name].threshold == 0.1
    assert found[name].total_variation > 0.1


def test_a_column_that_repeats_is_judged_on_whole_weeks_only():
    """Without one it is counted, not judged; with them the counts are theirs."""
    night = rows(300, hour=np.full(300, 3))
    assert judged(night, weeks=False)["hour"].status == "not_judged"
    assert judged(night, weeks=False)["hour"].drifted is None
    assert judged(night, weeks=False)["size"].status == "ok"
    assert judged(night)["hour"].drifted is True


def test_an_all_missing_column_is_reported_as_failed_in_its_place():
    """The others stand."""
    found = judged(rows(200, size=[None] * 200))
    assert found["size"].status == "failed"
    assert found["size"].missing == 200
    assert found["kind"].status == "ok"


def test_a_column_of_a_surprising_type_is_reported_as_failed_in_its_place():
    """How many values were of another type is told."""
    found = judged(rows(200, size=["far"] * 200, kind=[{}] * 150 + ["a"] * 50))
    assert (found["size"].status, found["size"].invalid) == ("failed", 200)
    assert "another type" in found["size"].note
    assert (found["kind"].status, found["kind"].invalid) == ("ok", 150)


def test_values_never_seen_are_counted_apart():
    """They are told, not scored."""
    found = judged(rows(200) | {"kind": ["new"] * 60 + ["a"] * 84 + ["b"] * 42 + ["c"] * 14})
    assert found["kind"].unseen == 60
    assert found["kind"].psi == pytest.approx(0.0, abs=0.01)
    assert "60 values were never seen" in found["kind"].note


@pytest.mark.parametrize("count", [0, 1, 49])
def test_too_few_rows_are_counted_and_not_judged(count):
    """No wild number."""
    found = judged(rows(count))
    assert {column.status for name, column in found.items() if name not in ("truth", "error")} == {"too_few"}
    assert all(column.psi is None and column.drifted is None for column in found.values())
    assert found["size"].rows == count


def test_a_reference_without_variety_or_values_cannot_be_held_against():
    """The column says so."""
    spec = make_spec(DECLARED, {"size": [4.0] * 500, "kind": [None] * 500})
    reference = profile_of(spec, {"size": [4.0] * 500, "kind": [None] * 500})
    found = column_reports(profile_of(spec, rows(200)), None, reference, LEAST)
    assert (found[0].status, found[1].status) == ("not_judged", "failed")


def test_histograms_hold_every_row_on_both_sides():
    """In few bars, one label for each."""
    for column in judged(rows(500, kind=["new"] * 20 + [None] * 30 + ["a"] * 450)).values():
        bars = column.histogram
        assert len(bars.labels) == len(bars.now) == len(bars.reference) <= 26
        assert sum(bars.now) == 500
        assert sum(bars.reference) == 20_000


def test_errors_are_scikit_learns():
    """From the profile alone, to six digits."""
    day = rows(3_000)
    found = performance_of(profile_of(SPEC, day), REFERENCE, LEAST)
    assert found.mae == pytest.approx(mean_absolute_error(day["truth"], day["answer"]), abs=1e-5)
    assert found.rmse == pytest.approx(root_mean_squared_error(day["truth"], day["answer"]), abs=1e-5)
    assert found.bias == pytest.approx(day["error"].mean(), abs=1e-5)
    assert found.mae_reference == pytest.approx(np.abs(REFERENCE_ROWS["error"]).mean(), abs=1e-5)
    assert (found.status, found.labelled, found.judged, found.coverage) == ("ok", 3_000, 3_000, 1.0)


def test_coverage_is_of_all_rows_and_errors_of_those_judged():
    """A label outside of what is judged counts as a label, not as an error."""
    truth, error = np.full(200, np.nan), np.full(200, np.nan)
    truth[:100], error[:80] = 10.0, -2.0
    found = performance_of(profile_of(SPEC, rows(200, truth=truth, error=error)), REFERENCE, LEAST)
    assert (found.labelled, found.judged, found.coverage) == (100, 80, 0.5)
    assert (found.mae, found.bias) == (2.0, -2.0)
    assert "20 labelled rows" in found.note


def test_no_actuals_and_too_few_say_so():
    """There is no error to tell; the reference's stand."""
    unlabelled = rows(200, truth=[None] * 200, error=[None] * 200)
    found = performance_of(profile_of(SPEC, unlabelled), REFERENCE, LEAST)
    assert (found.status, found.mae, found.coverage) == ("no_actuals", None, 0.0)
    assert found.mae_reference is not None
    assert judged(unlabelled)["truth"].status == "no_actuals"
    few = performance_of(profile_of(SPEC, rows(30)), REFERENCE, LEAST)
    assert (few.status, few.mae, few.labelled) == ("too_few", None, 30)


def told(columns):
    """Give the sentences of a window."""
    profile = profile_of(SPEC, columns)
    return sentences_of(profile.rows, LEAST, tuple(judged(columns).values()), performance_of(profile, REFERENCE, LEAST))


def test_sentences_say_what_a_person_should_know_first():
    """At most three: what moved, how wrong, what is odd."""
    quiet = rows(2_000)
    assert told(quiet) == (
        "Nothing moved against the reference.",
        "Answers are wrong by 1.6 minutes on average (about as in the reference, 1.6).",
    )
    bad = quiet | {"size": quiet["size"] + 3, "error": quiet["error"] + 6, "kind": [None] * 400 + ["a"] * 1_600}
    moved, wrong, odd = told(bad)
    assert moved.startswith("Moved against the reference, the strongest first: size")
    assert wrong == "Answers are wrong by 6.3 minutes on average (more than in the reference, 1.6) and too long by 6.3."
    assert odd == "Odd in the data: kind is missing in 20%."


def test_too_few_rows_are_one_sentence():
    """Nothing else is worth saying."""
    assert told(rows(3)) == ("Too few predictions to judge: 3 of the 50 that are needed.",)
