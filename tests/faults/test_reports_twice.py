"""Two reports of one window at once: each a revision of its own, and the page shows the newer."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters.mongodb.reports import Reports
from adapters.objects import Objects
from ridewatch.report import run_report
from tests.faults.accounting import account, until_settled
from tests.faults.load import Load
from tests.faults.stacks import REPAIRED
from tests.faults.table import Row
from tests.live import database

pytestmark = pytest.mark.timeout(600)


def test_two_at_once_are_two_revisions_of_one_report(stack, rides, table):
    load = Load(stack, rides, requests=24, pause=0).run()
    until_settled(stack, load.accepted, REPAIRED)
    account(stack, load.accepted)
    span = {"start": "2019-03-01T00:00:00-05:00", "end": "2019-03-04T00:00:00-05:00"}
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(lambda _: run_report(stack, span), range(2)))
    (kept,) = Reports(database(stack)).newest(5)
    assert sorted(answer["reports"][0]["revision"] for answer in made) == [1, 2]
    assert (kept.revision, kept.status) == (2, "complete")
    assert kept.volume.predictions == len(load.accepted.predictions) + 10
    objects = Objects(stack.client("s3"), stack.bucket)
    revisions = {key.split("/")[2] for key in objects.list(f"reports/{kept.report_id}/")}
    assert revisions == {"r1", "r2"}
    table.append(Row("one window reported twice at once", load, None, "two revisions, the newer is shown"))
