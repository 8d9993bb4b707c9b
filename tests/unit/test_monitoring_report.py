import numpy as np
import pytest
from scipy.stats import false_discovery_control

from monitoring.window.columns import column_report, column_reports
from monitoring.window.segment_reports import segment_reports
from tests.watched import LEAST, compared, fitted, rows, week_compared, weeks

REFERENCE = fitted()
JUDGED = ("size", "kind", "hour", "answer", "truth")


def reported(columns, *, whole_weeks=True, reference=REFERENCE):
    """Give each column's report, by name; with or without whole weeks."""
    hours = weeks(len(columns["truth"]), number=2, seed=3)
    window = compared(reference, columns, hours)
    week = week_compared(reference, columns, hours) if whole_weeks else None
    return {column.name: column for column in column_reports(window, week)}


def quiet(count=2_000, seed=0, **changes):
    """Give rows of two quiet weeks."""
    return rows(count, seed, weeks(count, number=2, seed=3), **changes)


def test_nothing_drifts_when_nothing_moved():
    """Errors are not judged here, and what is derived of them is not told."""
    found = reported(quiet())
    assert {name: column.drifted for name, column in found.items()} == dict.fromkeys(JUDGED, False) | {"error": None}
    assert found["error"].status == "not_judged"


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("size", quiet()["size"] + 1.5),
        ("kind", np.random.default_rng(5).choice(["a", "b", "c"], 2_000, p=[0.3, 0.3, 0.4]).astype(object)),
        ("hour", np.random.default_rng(5).integers(0, 16, 2_000).astype(object)),
        ("truth", np.clip(quiet()["truth"] + 8, 1, 60)),
    ],
)
def test_what_moved_is_named_and_nothing_else(name, moved):
    """Its scores say how far; the bound is told."""
    found = reported(quiet(**{name: moved}))
    assert [column.name for column in found.values() if column.drifted] == [name]
    assert found[name].psi_lower > found[name].threshold == 0.1
    assert found[name].p_value <= 0.05
    assert found[name].total_variation > 0.1


def test_p_values_are_adjusted_for_all_columns_of_a_report():
    """As scipy adjusts them, whatever their dependence."""
    hours = weeks(2_000, number=2, seed=3)
    moved = compared(REFERENCE, quiet(size=quiet()["size"] + 0.55), hours)
    week = week_compared(REFERENCE, quiet(size=quiet()["size"] + 0.55), hours)
    columns = [REFERENCE.spec.column(name) for name in JUDGED]
    alone = [column_report(column, moved, week).p_value for column in columns]
    together = {column.name: column.p_value for column in column_reports(moved, week)}
    assert [together[name] for name in JUDGED] == pytest.approx(false_discovery_control(alone, method="by"))
    assert together["error"] is None


def test_a_column_that_repeats_is_judged_on_whole_weeks_only():
    """Without one it is counted, not judged; with them the counts are theirs."""
    night = quiet(300, hour=np.full(300, 3))
    alone = reported(night, whole_weeks=False)
    assert (alone["hour"].status, alone["hour"].drifted, alone["hour"].cycle) == ("not_judged", None, "day")
    assert alone["size"].status == "ok"
    assert reported(night)["hour"].drifted is True


def test_a_window_of_some_hours_is_held_against_those_hours():
    """Sizes that are usual by night are none to wonder at by night, though they are not the day's."""
    hours = weeks(20_000, seed=1)
    sizes = np.where(hours % 24 < 6, 8.0, 2.0) + np.random.default_rng(1).normal(0, 0.3, 20_000)
    reference = fitted(size=sizes)
    nights = np.flatnonzero(hours % 24 < 6)[:1_000]
    night = {name: values[nights] for name, values in rows(20_000, 1, hours, size=sizes).items()}
    found = column_report(reference.spec.column("size"), compared(reference, night, hours[nights]), None)
    assert found.psi_corrected < 0.02
    assert found.mean_reference == pytest.approx(8.0, abs=0.1)


ODD = {
    "all missing": ([None] * 200, "failed"),
    "all text": (["far"] * 200, "failed"),
    "lists": ([[1.0]] * 200, "failed"),
    "dictionaries and infinities": ([{}, float("inf")] * 100, "failed"),
    "numbers beyond any use": ([1e300] * 200, "failed"),
    "some text": ([1.5, "x", 2.0, 3.0] * 50, "ok"),
}


@pytest.mark.parametrize("odd", ODD)
def test_one_odd_column_of_numbers_is_told_in_its_place_and_the_others_stand(odd):
    """Whatever its values are instead of numbers."""
    values, status = ODD[odd]
    found = reported(quiet(200, size=values))
    assert found["size"].status == status
    assert (found["size"].rows, found["size"].drifted is None) == (200, status == "failed")
    assert {found[name].status for name in JUDGED if name != "size"} == {"ok"}
    if status == "failed":
        assert "can be used" in found["size"].note
        assert found["size"].missing == 200


@pytest.mark.parametrize("values", [[None] * 200, [[]] * 200, [{}, float("nan")] * 100])
def test_one_odd_column_of_labels_is_told_in_its_place_and_the_others_stand(values):
    """Lists and dictionaries are no labels."""
    found = reported(quiet(200, kind=values))
    assert (found["kind"].status, found["kind"].missing) == ("failed", 200)
    assert found["kind"].invalid == sum(isinstance(value, list | dict) for value in values)
    assert {found[name].status for name in JUDGED if name != "kind"} == {"ok"}


def test_values_of_another_type_are_counted_apart():
    """Among the missing, and by themselves."""
    found = reported(quiet(200, kind=[{}] * 150 + ["a"] * 50))
    assert (found["kind"].status, found["kind"].invalid, found["kind"].missing) == ("ok", 150, 150)


def test_values_never_seen_are_counted_apart():
    """They are told, not scored."""
    found = reported(quiet(200, kind=["new"] * 60 + ["a"] * 84 + ["b"] * 42 + ["c"] * 14))
    assert found["kind"].unseen == 60
    assert found["kind"].psi == pytest.approx(0.0, abs=0.01)
    assert "60 values were never seen" in found["kind"].note


def test_what_lies_beyond_the_reference_is_counted():
    """Below and above its own range."""
    size = quiet()["size"]
    size[:7], size[7:12] = -50.0, 900.0
    found = reported(quiet(size=size))
    assert (found["size"].below, found["size"].above) == (7, 5)


def test_a_column_of_one_value_says_so():
    """Where the reference knows several; a number spread by no more than rounding is one value."""
    found = reported(quiet(200, size=np.full(200, 3.7), kind=["a"] * 200))
    assert {name for name, column in found.items() if column.constant} == {"size", "kind"}


@pytest.mark.parametrize("count", [0, 1, 49])
def test_too_few_rows_are_counted_and_not_judged(count):
    """No wild number."""
    found = reported(quiet(count))
    assert {column.status for name, column in found.items() if name not in ("truth", "error")} == {"too_few"}
    assert all(column.psi is None and column.drifted is None for column in found.values())
    assert found["size"].rows == count


def test_no_actuals_are_no_failure():
    """They will come."""
    assert reported(quiet(200, truth=np.full(200, np.nan)))["truth"].status == "no_actuals"


def test_a_reference_without_variety_or_values_cannot_be_held_against():
    """The column says so."""
    reference = fitted(2_000, size=np.full(2_000, 4.0), kind=[None] * 2_000)
    found = reported(quiet(200), reference=reference)
    assert (found["size"].status, found["kind"].status) == ("not_judged", "failed")


def test_histograms_hold_every_row_on_both_sides():
    """In few bars, one label for each; the reference at as many rows as the window."""
    for column in reported(quiet(500, kind=["new"] * 20 + [None] * 30 + ["a"] * 450)).values():
        bars = column.histogram
        assert len(bars.labels) == len(bars.now) == len(bars.reference) <= 26
        assert sum(bars.now) == 500
        if column.cycle == "none":
            assert sum(bars.reference) == pytest.approx(500, abs=1)


def test_drift_is_ranked_by_what_it_does_to_predictions():
    """A shift of sizes moves them, one of kinds that have nothing to do with them does not."""
    kinds = np.random.default_rng(5).choice(["a", "b", "c"], 2_000, p=[0.2, 0.2, 0.6]).astype(object)
    found = reported(quiet(size=quiet()["size"] + 1, kind=kinds))
    assert found["size"].drifted
    assert found["kind"].drifted
    assert found["size"].effect > 2
    assert found["size"].movement >= found["size"].effect
    assert found["kind"].movement < 0.5
    assert found["answer"].effect is None


class TestSegments:
    """Every number for each slice that can bear it."""

    def test_a_segment_that_moved_is_told_though_the_whole_is_quiet(self):
        """Kind c is one row in ten."""
        day = quiet(6_000)
        day["size"] = np.where(day["kind"] == "c", day["size"] + 3, day["size"])
        hours = weeks(6_000, number=2, seed=3)
        found = segment_reports(compared(REFERENCE, day, hours))
        drifted = {part.label: [column.name for column in part.columns if column.drifted] for part in found}
        assert "size" in drifted["rare"]
        assert drifted["common"] == []
        assert not column_report(REFERENCE.spec.column("size"), compared(REFERENCE, day, hours), None).psi_lower > 0.1

    def test_shares_stand_beside_the_references(self):
        """Of all rows of the window, and of all rows of the reference at its hours."""
        day = quiet()
        found = {p.label: p for p in segment_reports(compared(REFERENCE, day, weeks(2_000, number=2, seed=3)))}
        assert found["common"].share == np.mean(day["kind"] == "a")
        assert found["common"].share_reference == pytest.approx(0.6, abs=0.02)
        assert [column.name for column in found["common"].columns] == ["size", "kind", "answer", "truth"]

    def test_a_small_segment_says_too_few_and_gives_no_number(self):
        """Never a wild one."""
        hours = weeks(300, number=2, seed=3)
        day = rows(300, hours=hours, kind=["c"] * (LEAST - 1) + ["b"] * (301 - LEAST), size=np.full(300, 3.0))
        found = {part.label: part for part in segment_reports(compared(REFERENCE, day, hours))}
        rare, none = found["rare"], found["common"]
        assert (rare.status, rare.rows, rare.columns, rare.performance.mae) == ("too_few", LEAST - 1, (), None)
        assert "49 rows" in rare.note
        assert (none.status, none.rows, none.share) == ("too_few", 0, 0.0)
