from concurrent.futures import ThreadPoolExecutor

import pytest

from drift_report import app
from drift_report.drawing import NotDrawn
from tests.fakes.aws import FakeObjects
from tests.reporting import DAY, MIDNIGHT, ONE_WEEK, VERSION, attach, log, parts, publish
from tests.stores import real_stores


@pytest.fixture
def stores(database):
    """Give the stores of an empty MongoDB."""
    return real_stores(database)


@pytest.fixture
def handler(monkeypatch, stores):
    """Give the handler over MongoDB; Evidently is told elsewhere."""

    def not_drawn(*_arguments):
        message = "not in this test"
        raise NotDrawn(message)

    objects = FakeObjects()
    publish(objects)
    monkeypatch.setattr("drift_report.parts.draw", not_drawn)
    found = parts(stores, objects)
    monkeypatch.setattr(app, "here", lambda: found)
    return app.handler


def test_due_days_are_reported_once_and_again_when_an_actual_arrives(handler, stores):
    """As in memory: oldest first, then nothing, then the day that changed."""
    log(stores, count=300, span=DAY * 3, label=False)
    made = handler({"windows": "day"})["reports"]
    assert [report["window"]["start"][:10] for report in made] == ["2019-02-04", "2019-02-05", "2019-02-06"]
    assert handler({"windows": "day"}) == {"reports": [], "left": 0}
    attach(stores, {"p0": 11.0})
    stores.hours.touch([(VERSION, MIDNIGHT)], stores.clock())
    (again,) = handler({"windows": "day"})["reports"]
    assert (again["revision"], again["labelled"], again["predictions"]) == (2, 1, 100)


def test_two_runs_at_once_do_not_lose_one_another(handler, stores):
    """Each has a revision of its own; the latest stands, as it was made."""
    log(stores, count=100)
    with ThreadPoolExecutor(4) as pool:
        made = [answer["reports"][0] for answer in pool.map(handler, [ONE_WEEK] * 4)]
    assert sorted(report["revision"] for report in made) == [1, 2, 3, 4]
    assert stores.reports.get(made[0]["report_id"]).revision == 4
