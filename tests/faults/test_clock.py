"""Clocks that are wrong: the functions', MongoDB's, the callers'."""

import pathlib
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import requests

from adapters.mongodb.reports import Reports
from ridewatch.embedded import mongodb, processes
from ridewatch.embedded.ports import LOOPBACK
from ridewatch.report import run_report
from tests.faults.accounting import account, until_settled
from tests.faults.load import Load
from tests.faults.stacks import KILL, LONG, REPAIRED, give, seconds, signalled
from tests.faults.table import Row
from tests.live import database, eventually

pytestmark = pytest.mark.timeout(600)

LIBRARY = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
skewing = pytest.mark.skipif(LIBRARY is None, reason="libfaketime is not here (Debian: package faketime)")


def skewed(by):
    """Give the variables that set a process's clock wrong."""
    return {"LD_PRELOAD": str(LIBRARY), "FAKETIME": by, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


@skewing
@pytest.mark.parametrize("by", ["+2h", pytest.param("-2h", marks=LONG)])
def test_the_functions_clock_is_wrong(stack, rides, table, by):
    for function in ("PredictFunction", "RecordFunction"):
        give(stack, function, **skewed(by))
    load = Load(stack, rides, requests=seconds(60, 16)).run()
    assert set(load.statuses) == {"200"}
    back = until_settled(stack, load.accepted, REPAIRED)
    account(stack, load.accepted)
    stamps = database(stack)["predictions"].find_one({"_id": next(iter(load.accepted.predictions))})
    assert abs(stamps["stored_at"] - datetime.now(UTC)) < timedelta(minutes=20)
    assert abs(stamps["predicted_at"] - datetime.now(UTC)) > timedelta(minutes=100)
    table.append(Row(f"clock of predict and record wrong by {by}", load, back, "–"))


@LONG
@skewing
def test_mongodbs_clock_is_two_minutes_slow(home, stack, rides, table):
    signalled(stack, KILL)
    eventually(lambda: not stack.processes["mongodb"].is_alive)
    port = int(stack.mongodb_uri.split(":")[2].split("/")[0])
    started = processes.start(home, "mongodb", mongodb._command(home, port, LOOPBACK), skewed("-2m"))
    mongodb.await_mongodb(home, mongodb.MongoDB(stack.mongodb_uri, port, started))
    load = Load(stack, rides, requests=seconds(60, 16)).run()
    assert set(load.statuses) == {"200"}
    back = until_settled(stack, load.accepted, REPAIRED)
    account(stack, load.accepted, counted_within=400)
    table.append(Row("MongoDB's clock set back by 2 min: the exporter counts late", load, back, "–"))


def test_callers_tell_of_the_future_and_of_the_end_before_the_beginning(stack, rides, table):
    later = np.timedelta64(20_000, "D")
    ahead = replace(rides, pickup_time=rides.pickup_time + later, dropoff_time=rides.dropoff_time + later)
    known = requests.post(
        f"{stack.api_url}/actuals",
        json={"ride_id": "early", "duration_minutes": 7},
        headers={"x-api-key": stack.api_key},
        timeout=30,
    )
    assert known.ok
    load = Load(stack, ahead, callers=1, requests=seconds(20, 8)).run()
    began = time.monotonic()
    ride = ahead.ride(0) | {"ride_id": "early"}
    assert requests.post(f"{stack.api_url}/predict", json=ride, headers={"x-api-key": stack.api_key}, timeout=30).ok
    back = until_settled(stack, load.accepted, REPAIRED, began=began)
    account(stack, load.accepted)
    assert database(stack)["predictions"].find_one({"ride.ride_id": "early"})["actual"] == 7
    run_report(stack, {"windows": "day"})
    assert all(report.window.end <= datetime.now(UTC) for report in Reports(database(stack)).newest(50))
    table.append(Row("pickups decades ahead, an actual before its prediction", load, back, "–"))
