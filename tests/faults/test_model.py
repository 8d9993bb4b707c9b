"""A model that is not what its card says, or a pointer to nowhere: the model that serves goes on serving."""

import time
from dataclasses import replace

import pytest
import requests

from adapters.models import ModelStore
from adapters.objects import Objects
from adapters.parameters import Parameters
from predict.champion import REFRESH
from tests.faults.accounting import account, until_settled
from tests.faults.load import Load
from tests.faults.stacks import REPAIRED, by_name, give
from tests.faults.table import Row
from tests.live import eventually

pytestmark = pytest.mark.timeout(600)

NOTICED = REFRESH.total_seconds() + 30


def health(stack):
    """Ask how it stands."""
    answer = requests.get(f"{stack.api_url}/health", timeout=30)
    return answer.status_code, answer.json()


def point(stack, value):
    """Set the champion's pointer."""
    Parameters(stack.client("ssm")).write(stack.champion_parameter, value)


def a_next_one(trained):
    """Give the same model as a version of its own."""
    version = f"{trained.card.version}-next"
    artifacts = {
        name: artifact.model_copy(update={"key": artifact.key.replace(trained.card.version, version)})
        for name, artifact in trained.card.artifacts.items()
    }
    return replace(trained, card=trained.card.model_copy(update={"version": version, "artifacts": artifacts}))


def corrupted(stack, trained):
    """Publish a model whose object is then changed by one byte; give what heals it."""
    after, objects = a_next_one(trained), Objects(stack.client("s3"), stack.bucket)
    ModelStore(objects).publish(after.card, after.artifacts)
    key, body = after.card.artifacts["model"].key, after.artifacts["model"]
    objects.put(key, body[:-1] + bytes([body[-1] ^ 1]))
    point(stack, after.card.version)
    return lambda: objects.put(key, body)


def named(pointer):
    """Point to something that is no model; give what heals it."""

    def broken(stack, trained):
        point(stack, pointer)
        return lambda: point(stack, trained.card.version)

    return broken


FAULTS = {
    "model object changed by one byte (its sha256 is wrong)": corrupted,
    "champion pointer names a version that is not there": named("20190101T000000-nobody"),
    "champion pointer is malformed": named("../\u2603 not a version"),
}


def called_until(stack, rides, status):
    """Call, one request after another so that one warm process answers all, until health says so; give the load."""
    load, until = Load(stack, rides, callers=1, requests=0), time.monotonic() + NOTICED
    while health(stack)[1].get("status") != status:
        assert time.monotonic() < until, f"not {status} in time: {health(stack)}"
        load += Load(stack, rides, callers=1, requests=2).run()
        time.sleep(1)
    return load


@pytest.mark.parametrize("fault", by_name(FAULTS, "champion"))
def test_a_warm_function_keeps_the_model_it_has(stack, rides, trained, table, fault):
    heal = FAULTS[fault](stack, trained)
    load = called_until(stack, rides, "degraded")
    assert "cannot be loaded" in health(stack)[1]["problems"][0]
    load += Load(stack, rides, callers=1, requests=10).run()
    heal()
    repaired = time.monotonic()
    load += called_until(stack, rides, "ok")
    back = time.monotonic() - repaired
    assert set(load.statuses) == {"200"}
    until_settled(stack, load.accepted, REPAIRED)
    account(stack, load.accepted)
    table.append(Row(f"{fault}: warm function", load, back, "itself, once it is put right"))


def test_a_cold_function_answers_by_the_fallback(stack, rides, trained, table):
    point(stack, "20190101T000000-nobody")
    give(stack, "PredictFunction", COLD="1")
    load = Load(stack, rides, callers=1, requests=8).run()
    assert set(load.statuses) == {"200"}
    assert health(stack)[1]["model_version"] is None
    assert health(stack)[1]["status"] == "degraded"
    point(stack, trained.card.version)
    repaired = time.monotonic()
    eventually(lambda: health(stack)[1]["status"] == "ok")
    back = time.monotonic() - repaired
    until_settled(stack, load.accepted, REPAIRED)
    account(stack, load.accepted)
    table.append(Row("champion pointer names no model: cold function", load, back, "itself, once it is put right"))
