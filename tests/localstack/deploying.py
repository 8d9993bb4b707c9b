"""Checks: the stack comes up, and a model is published."""

import json

from tests.localstack.verdict import Checks
from tests.localstack.world import loads

CHECKS = Checks()
TRAINING = "simulated?start=2019-01-01&days=59&rows=3000"
SCHEDULES = ("DailySchedule=rate(1 minute)", "RedriveSchedule=rate(1 minute)")


@CHECKS.add()
def comes_up(world):
    """`ridewatch up --cloud localstack` deploys the built template, and every part answers."""
    world.up("--template", str(world.template), *[word for schedule in SCHEDULES for word in ("--set", schedule)])
    world.notes["key"] = world.output("ApiKeyId")
    status = loads(world.ridewatch("status", "--json"))
    assert all(status["parts"].values()), status["parts"]
    assert status["champion"] is None


@CHECKS.add(comes_up)
def answers_without_a_model(world):
    """Without a model /predict answers by the fallback and /health is degraded, and says why."""
    status, body = world.curl("/health", key=False)
    assert (status, loads(body)["status"]) == (200, "degraded")
    assert loads(body)["problems"]
    status, body = world.curl("/predict", "-d", '{"PULocationID": 10, "DOLocationID": 50, "trip_distance": 4}')
    assert (status, loads(body)["served_by"]) == (200, "fallback")


@CHECKS.add(comes_up)
def trains(world):
    """`ridewatch train` publishes a model and makes it the champion."""
    card = loads(world.ridewatch("train", "--data", TRAINING, "--json"))
    champion = world.client("ssm").get_parameter(Name=world.stack.champion_parameter)["Parameter"]["Value"]
    assert champion == card["version"]
    world.notes["version"] = champion


@CHECKS.add(comes_up)
def hides_its_secrets(world):
    """No function's environment holds MongoDB's address or a key."""
    for name in world.stack.functions.values():
        environment = json.dumps(world.client("lambda").get_function_configuration(FunctionName=name)["Environment"])
        assert "mongodb://" not in environment
        assert world.stack.api_key not in environment
