from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from record.record import Batch, store
from tests.fakes.interleaving import interleave, stepwise
from tests.samples import MODEL, NOON, PICKUP, actual, prediction, rejection


def deliver(stores, *events) -> int:
    """Store events as one batch."""
    return store(Batch.of(events), stores)


def at_once(stores, batches, order) -> None:
    """Store batches at the same time, their steps in this order."""
    tasks = [lambda step, batch=batch: deliver(stepwise(stores, step), *batch) for batch in batches]
    interleave(tasks, order)


def labelled(stores, prediction_id="p1") -> tuple:
    """Give what a prediction carries: its minutes and the actual they are from."""
    document = stores.documents("predictions")[prediction_id]
    return document.get("actual"), document.get("actual_id")


class TestRecording:
    """What recording does to the stores, in memory and in MongoDB."""

    def test_a_prediction_alone_has_no_actual(self, stores):
        """The field is absent until the ride's duration is known."""
        assert deliver(stores, prediction()) == 0
        assert "actual" not in stores.documents("predictions")["p1"]

    @pytest.mark.parametrize("actual_first", [True, False])
    def test_actual_and_prediction_meet_whichever_comes_first(self, stores, actual_first):
        """Early or late, the duration finds its ride."""
        batches = [actual(), prediction()] if actual_first else [prediction(), actual()]
        assert [deliver(stores, event) for event in batches] == [0, 1]
        assert labelled(stores) == (15.0, "a1")

    def test_they_meet_in_one_batch(self, stores):
        """Also when both arrive together."""
        assert deliver(stores, actual(), prediction()) == 1
        assert labelled(stores) == (15.0, "a1")

    def test_an_actual_of_an_unknown_ride_waits(self, stores):
        """It is kept and labels nothing else."""
        deliver(stores, prediction("p1", "r1"), actual("a9", "r9"))
        assert labelled(stores) == (None, None)
        assert list(stores.documents("actuals")) == ["a9"]

    def test_two_predictions_of_one_ride_both_get_the_actual(self, stores):
        """Asked before and after the duration was told."""
        deliver(stores, prediction("p1"))
        deliver(stores, actual())
        deliver(stores, prediction("p2"))
        assert labelled(stores, "p1") == labelled(stores, "p2") == (15.0, "a1")

    def test_a_correction_replaces_and_the_history_stays(self, stores):
        """The first label is remembered, the first actual is kept."""
        deliver(stores, prediction(), actual("a1"))
        before = stores.documents("predictions")["p1"]
        deliver(stores, actual("a2", minutes=20.0, received_at=NOON + timedelta(hours=1)))
        after = stores.documents("predictions")["p1"]
        assert labelled(stores) == (20.0, "a2")
        assert (after["first_actual"], after["labelled_at"]) == (15.0, before["labelled_at"])
        assert sorted(stores.documents("actuals")) == ["a1", "a2"]

    def test_an_older_actual_that_comes_late_does_not_replace(self, stores):
        """Told first and delivered last, it is history only."""
        deliver(stores, prediction(), actual("a2", minutes=20.0, received_at=NOON + timedelta(hours=1)))
        assert deliver(stores, actual("a1")) == 0
        assert labelled(stores) == (20.0, "a2")
        assert stores.documents("predictions")["p1"]["first_actual"] == 20.0

    def test_told_in_the_same_moment_the_greater_id_holds(self, stores):
        """There is always one answer to which actual is the latest."""
        deliver(stores, prediction())
        for name, minutes in (("a3", 30.0), ("a1", 10.0), ("a2", 20.0)):
            deliver(stores, actual(name, minutes=minutes))
        assert labelled(stores) == (30.0, "a3")

    def test_a_dropoff_time_becomes_minutes_since_the_pickup(self, stores):
        """Each prediction of the ride by its own pickup time."""
        deliver(stores, actual("a1", minutes=None, dropoff_time=PICKUP + timedelta(minutes=18, seconds=30)))
        deliver(stores, prediction("p1"), prediction("p2", pickup=PICKUP + timedelta(minutes=3)))
        assert (labelled(stores, "p1")[0], labelled(stores, "p2")[0]) == (18.5, 15.5)

    @pytest.mark.parametrize(
        ("after", "problem"),
        [(timedelta(seconds=-1), "dropoff_before_pickup"), (timedelta(minutes=1501), "too_long")],
    )
    def test_an_impossible_dropoff_is_a_problem_and_no_label(self, stores, after, problem):
        """An older possible actual keeps its place."""
        impossible = actual("a2", minutes=None, dropoff_time=PICKUP + after, received_at=NOON + timedelta(hours=1))
        deliver(stores, prediction(), actual("a1"))
        deliver(stores, impossible)
        assert labelled(stores) == (15.0, "a1")
        assert stores.documents("actuals")["a2"]["problem"] == problem
        assert "problem" not in stores.documents("actuals")["a1"]

    def test_redelivery_changes_nothing_but_the_hours_mark(self, stores):
        """At least once in, exactly once in effect."""
        events = [prediction(), actual(), rejection(), prediction(), actual()]
        deliver(stores, *events)
        kinds = ("predictions", "actuals", "rejections")
        before = {name: stores.documents(name) for name in kinds}
        deliver(stores, *events)
        assert {name: stores.documents(name) for name in kinds} == before
        assert [len(before[name]) for name in kinds] == [1, 1, 1]

    def test_hours_are_marked_where_something_changed_after_it_was_written(self, stores):
        """By a new prediction, and by the actual of an old one."""
        deliver(stores, prediction("p1"), prediction("p2", "r2", PICKUP + timedelta(hours=2), model_version="v2"))
        marks = stores.hours.changed_since(None, stores.documents("predictions")["p1"]["stored_at"] - timedelta(1))
        assert [(version, hour.hour) for version, hour in marks] == [(MODEL, 11), ("v2", 13)]
        as_of = stores.clock()
        deliver(stores, actual("a2", "r2"), actual("a9", "r9"), rejection(), prediction("p3", "r3", model_version="v3"))
        marks = stores.hours.changed_since(None, as_of)
        assert [(version, hour.hour) for version, hour in marks] == [("v2", 13), ("v3", 11)]
        (changed,) = [h["changed_at"] for h in stores.documents("hours").values() if h["model_version"] == "v2"]
        assert changed >= stores.documents("predictions")["p2"]["labelled_at"]

    @pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 0, 0, 1), (0, 0, 1, 1), (1, 1, 0, 0), (1, 0, 0, 0, 1, 1, 1)])
    def test_batches_at_once_meet_in_every_order(self, stores, order):
        """Each side writes its own, then reads the other's: at least one sees both."""
        at_once(stores, [[prediction()], [actual()]], order)
        assert labelled(stores) == (15.0, "a1")

    @pytest.mark.parametrize("order", [(0, 1), (1, 0), (0,) * 5 + (1,), (0,) * 5 + (1,) * 5, (1,) * 5 + (0,) * 5])
    def test_two_corrections_at_once_end_in_the_later_one(self, stores, order):
        """Who lost the race looks again."""
        deliver(stores, prediction(), actual("a0", received_at=NOON - timedelta(hours=1)))
        later = actual("a2", minutes=20.0, received_at=NOON + timedelta(hours=1))
        at_once(stores, [[actual("a1")], [later]], order)
        assert labelled(stores) == (20.0, "a2")
        assert stores.documents("predictions")["p1"]["first_actual"] == 15.0

    def test_many_threads_leave_no_ride_without_its_actual(self, stores):
        """Without any order at all, predictions and actuals of 60 rides in 12 batches."""
        rides = [f"r{i}" for i in range(60)]
        batches = [[prediction(f"p-{ride}", ride) for ride in rides[i::6]] for i in range(6)]
        batches += [[actual(f"a-{ride}", ride) for ride in rides[10 * i : 10 * i + 10]] for i in range(6)]
        with ThreadPoolExecutor(6) as threads:
            list(threads.map(lambda batch: deliver(stores, *batch), batches))
        assert {document["actual_id"] for document in stores.documents("predictions").values()} == {
            f"a-{ride}" for ride in rides
        }
