"""Checks: the stack is updated in place."""

import os
import shutil

from tests.live import eventually
from tests.localstack.answering import RIDE
from tests.localstack.deploying import SCHEDULES
from tests.localstack.recording import RIDES, counted, records_a_replay
from tests.localstack.verdict import Checks
from tests.localstack.world import loads

CHECKS = Checks()


def predict(world):
    """Describe the function."""
    return world.client("lambda").get_function_configuration(FunctionName=world.stack.functions["PredictFunction"])


def changed_build(world):
    """Copy what was built, with one file more in predict: what differs is another code."""
    copy = world.home.folder / "build"
    shutil.copytree(world.template.parent, copy, copy_function=linked_or_copied)
    (copy / "PredictFunction" / "changed.txt").write_text("another code\n")
    return copy / world.template.name


def linked_or_copied(source, target):
    """Link a file where that can be done: a build has 450 MB."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@CHECKS.add(records_a_replay)
def updates_code_and_parameter(world):
    """`ridewatch up` on a stack that is up brings other code and another parameter."""
    before = predict(world)
    words = [word for schedule in SCHEDULES for word in ("--set", schedule)]
    said = world.up("--template", str(changed_build(world)), *words, "--set", "LogLevel=DEBUG")
    after = predict(world)
    assert said.startswith("updated")
    assert after["CodeSha256"] != before["CodeSha256"]
    assert after["Environment"]["Variables"]["LOG_LEVEL"] == "DEBUG"


@CHECKS.add(updates_code_and_parameter)
def keeps_its_data(world):
    """After the update the champion answers, and what was recorded is there."""
    status, body = world.curl("/predict", "-d", RIDE)
    assert (status, loads(body)["model_version"]) == (200, world.notes["version"])
    eventually(lambda: counted(world) == (RIDES + 2, RIDES), 90)
    assert all(loads(world.ridewatch("status", "--json"))["parts"].values())
