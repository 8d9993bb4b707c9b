"""Checks: what was predicted and told is stored, once, whatever happens on the way."""

from datetime import UTC, datetime

from adapters.objects import Objects
from adapters.queue import EventQueue
from contracts.events import Actual, Prediction
from ridewatch.drain import await_recorded
from tests.live import archived, database, eventually
from tests.localstack.answering import answers_a_ride
from tests.localstack.deploying import answers_without_a_model, comes_up, trains
from tests.localstack.verdict import Checks
from tests.localstack.world import batch_of, loads

CHECKS = Checks()
RIDES = 300
ASKED = 2
"""Rides that curl asked for, without an actual: one before there was a model, one of the champion."""
SOURCE = "simulated?start=2019-03-06&days=1"
BATCHES = ("mate", "letter", "spilled")
"""Actuals that were told beside the replay's: of rides that nobody asked for."""


def counted(world):
    """Count predictions and those with their actual."""
    predictions = database(world.stack)["predictions"]
    return predictions.count_documents({}), predictions.count_documents({"actual": {"$exists": True}})


def is_stored(world, actual):
    """Tell whether an actual is in MongoDB."""
    return database(world.stack)["actuals"].find_one({"_id": actual}) is not None


def letters(world):
    """Count the dead letters."""
    name = "ApproximateNumberOfMessages"
    answer = world.client("sqs").get_queue_attributes(QueueUrl=world.stack.dlq_url, AttributeNames=[name])
    return int(answer["Attributes"][name])


@CHECKS.add(trains, answers_without_a_model, answers_a_ride)
def records_a_replay(world):
    """300 rides and their true durations, told through the API, are 300 labelled predictions in MongoDB and S3."""
    done = loads(world.ridewatch("replay", "--data", SOURCE, "--limit", str(RIDES), "--json"))
    assert (done["predicted"], done["told"]) == (RIDES, RIDES)
    eventually(lambda: counted(world) == (RIDES + ASKED, RIDES), 120)
    assert len({event["prediction_id"] for event in archived(world.stack, "prediction")}) == RIDES + ASKED


@CHECKS.add(records_a_replay)
def stores_a_duplicate_once(world):
    """Every event delivered a second time changes no count."""
    events = [Prediction.model_validate(event) for event in archived(world.stack, "prediction")]
    events += [Actual.model_validate(event) for event in archived(world.stack, "actual")]
    objects = Objects(world.client("s3"), world.stack.bucket)
    assert not EventQueue(world.client("sqs"), world.stack.queue_url, objects).send(events, datetime.now(UTC)).unsent
    await_recorded(world.stack, 120)
    assert counted(world) == (RIDES + ASKED, RIDES)
    assert database(world.stack)["actuals"].count_documents({}) == RIDES


@CHECKS.add(comes_up)
def buries_poison_alone(world):
    """A message that nobody can read is alone in the dead-letter queue; its batch mate is stored."""
    for body in ('{"schema_version": 99}', batch_of("mate")):
        world.client("sqs").send_message(QueueUrl=world.stack.queue_url, MessageBody=body)
    eventually(lambda: letters(world) == 1, 90)
    eventually(lambda: is_stored(world, "mate"), 90)


@CHECKS.add(buries_poison_alone)
def redrives_dead_letters(world):
    """`ridewatch redrive` puts dead letters back: what can be stored by now is, poison is buried again."""
    world.client("sqs").send_message(QueueUrl=world.stack.dlq_url, MessageBody=batch_of("letter"))
    eventually(lambda: letters(world) == 2)
    assert loads(world.ridewatch("redrive", "--json"))["dead_letters"] == 2
    eventually(lambda: is_stored(world, "letter"), 90)
    eventually(lambda: letters(world) == 1, 90)


@CHECKS.add(comes_up)
def takes_spill_back_by_rule(world):
    """What was spilled to S3 goes back to the queue by the scheduled rule, and is deleted."""
    objects = Objects(world.client("s3"), world.stack.bucket)
    objects.put("spill/2019-03-06/check.json", batch_of("spilled").encode())
    eventually(lambda: is_stored(world, "spilled"), 150)
    assert list(objects.list("spill/")) == []
