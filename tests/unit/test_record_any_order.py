"""Whatever the order, the duplication and the company in which events arrive, the stores end the same."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from record.record import Batch, store
from tests.fakes.interleaving import interleave, stepwise
from tests.fakes.mongodb import FakeMongo
from tests.samples import NOON, PICKUP, actual, prediction, rejection
from tests.stores import fake_stores

HOUR = timedelta(hours=1)
EVENTS = (
    prediction("p1", "r1"),
    prediction("p2", "r1", PICKUP + timedelta(minutes=20), model_version="v2"),
    prediction("p3", "r2"),
    prediction("p4", "r3"),
    actual("a1", "r1", 15.0),
    actual("a2", "r1", 20.0, received_at=NOON + HOUR),
    actual("a3", "r1", None, dropoff_time=PICKUP + timedelta(minutes=10), received_at=NOON + 2 * HOUR),
    actual("a4", "r2", 30.0),
    actual("a5", "r2", 31.0),
    actual("a6", "r3", None, dropoff_time=PICKUP - HOUR),
    actual("a7", "never", 5.0),
    rejection("x1"),
)
STAMPS = {"stored_at", "actual_stored_at", "labelled_at", "first_actual", "relabels", "correction_at", "changed_at"}
CARRIED = {"p1": "a3", "p2": "a2", "p3": "a5", "p4": None}
"""p2 began after the drop-off that a3 tells, so it carries a2."""
CORRECTIONS = {"a2", "a3", "a5"}

deliveries = st.lists(st.sampled_from(EVENTS), max_size=12).flatmap(lambda again: st.permutations([*EVENTS, *again]))
batches = st.builds(
    lambda events, cuts: [events[start:end] for start, end in zip([0, *cuts], [*cuts, len(events)], strict=True)],
    deliveries,
    st.lists(st.integers(0, len(EVENTS)), max_size=5).map(sorted),
)


def state(stores) -> dict:
    """Give every document but for the stamps, which tell of the arrival."""
    return {
        name: {
            key: {field: value for field, value in document.items() if field not in STAMPS}
            for key, document in stores.documents(name).items()
        }
        for name in ("predictions", "actuals", "rejections", "hours")
    }


def expected() -> dict:
    """Give the state after one batch of all events, each once."""
    stores = fake_stores(FakeMongo())
    store(Batch.of(EVENTS), stores)
    return state(stores)


def holds(stores) -> None:
    """Check the end state, and that first and later labels were labels once, the last of them the one carried."""
    assert state(stores) == expected()
    assert {key for key, told in stores.documents("actuals").items() if "correction_at" in told} == CORRECTIONS
    for document in stores.documents("predictions").values():
        assert document.get("actual_id") == CARRIED[document["_id"]]
        assert ("labelled_at" in document) == ("first_actual" in document) == ("actual" in document)
        labels = [document.get("first_actual"), *(again["minutes"] for again in document.get("relabels", ()))]
        assert labels[-1] == document.get("actual")
        assert len(set(labels)) == len(labels) <= 3


@given(batches)
def test_one_after_another(some):
    """Batches in any cut and order, redelivered events among them."""
    stores = fake_stores(FakeMongo())
    for batch in some:
        store(Batch.of(batch), stores)
    holds(stores)


@settings(deadline=None)
@given(batches, st.lists(st.integers(0, 5), max_size=40))
def test_all_at_once(some, order):
    """Batches whose steps mix in any order."""
    stores = fake_stores(FakeMongo())
    tasks = [lambda step, batch=batch: store(Batch.of(batch), stepwise(stores, step)) for batch in some]
    interleave(tasks, order)
    holds(stores)
