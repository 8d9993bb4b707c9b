"""The accounting after a fault: what was accepted is stored once, archived, counted, and nothing waits anywhere."""

import time

from adapters.depths import queue_depth, spill
from tests.live import archived, database, metric

STILL = 1.0
TOTALS = {
    "ridewatch_predictions_total": "predictions",
    "ridewatch_actuals_total": "actuals",
    "ridewatch_labelled_predictions_total": "labelled",
}


def waiting(stack):
    """Tell what has not arrived yet, by where it waits."""
    queue = queue_depth(stack.client("sqs"), stack.queue_url)
    dead = queue_depth(stack.client("sqs"), stack.dlq_url)
    return {
        "queue": queue.visible + queue.in_flight + queue.delayed,
        "dlq": dead.visible + dead.in_flight,
        "spill": spill(stack.client("s3"), stack.bucket).objects,
    }


def until_settled(stack, accepted, seconds, *, began=None):
    """Wait until MongoDB holds all and nothing waits, and give the seconds since the repair."""
    began = began or time.monotonic()
    while found := unsettled(stack, accepted):
        assert time.monotonic() - began < seconds, f"still not settled after {seconds} s: {found}"
        time.sleep(STILL)
    return time.monotonic() - began


def unsettled(stack, accepted):
    """Tell what is missing or waits; nothing when all is where it belongs."""
    counts = waiting(stack) | {"lost predictions": len(accepted.predictions - stored(stack, "predictions"))}
    counts |= {"lost actuals": len(accepted.actuals - stored(stack, "actuals"))}
    return {name: count for name, count in counts.items() if count}


def stored(stack, collection, query=None):
    """Give the ids of a collection."""
    return {document["_id"] for document in database(stack)[collection].find(query or {}, {"_id": 1})}


def account(stack, accepted, counted_within=60):
    """Hold every store to what the callers were answered for; the exporter some seconds later."""
    predictions, actuals = stored(stack, "predictions"), stored(stack, "actuals")
    assert accepted.predictions <= predictions
    assert accepted.actuals <= actuals
    assert_once(stack, accepted.rides)
    assert {event["prediction_id"] for event in archived(stack, "prediction")} >= predictions
    assert {event["actual_id"] for event in archived(stack, "actual")} >= actuals
    assert not any(waiting(stack).values())
    assert_counted(stack, {"predictions": len(predictions), "actuals": len(actuals)}, counted_within)


def assert_once(stack, rides):
    """Every ride that was told of is one prediction with its actual, and one actual."""
    found = list(database(stack)["predictions"].find({}, {"ride.ride_id": 1, "actual": 1}))
    by_ride = [document["ride"]["ride_id"] for document in found]
    assert len(by_ride) == len(set(by_ride))
    assert rides <= {document["ride"]["ride_id"] for document in found if "actual" in document}
    told = [document["ride_id"] for document in database(stack)["actuals"].find({}, {"ride_id": 1})]
    assert len(told) == len(set(told))


def assert_counted(stack, counts, seconds):
    """The exporter comes to the totals of MongoDB, to the unit."""
    counts |= {"labelled": len(stored(stack, "predictions", {"actual": {"$exists": True}}))}
    wanted = {name: counts[what] for name, what in TOTALS.items() if counts[what]}
    deadline = time.monotonic() + seconds
    while (found := {name: metric(stack, name) for name in wanted}) != wanted:
        assert time.monotonic() < deadline, f"the exporter counts {found}, MongoDB holds {wanted}"
        time.sleep(STILL)
