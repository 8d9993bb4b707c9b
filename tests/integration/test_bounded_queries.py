"""What the drift report asks MongoDB is bounded by an index: SecantusDB scans a collection at 60 µs a document."""

import functools
from datetime import timedelta

import pymongo
import pytest
from pymongo.monitoring import CommandListener

from adapters.mongodb import connection
from drift_report import app
from drift_report.drawing import NotDrawn
from tests.fakes.aws import FakeObjects
from tests.reporting import HOUR, MIDNIGHT, ONE_WEEK, VERSION, attach, log, parts, publish
from tests.samples import rejection
from tests.stores import real_stores

READ = {"predictions", "actuals", "rejections", "hours", "profiles", "reports"}


class Asked(CommandListener):
    """Every question, once for each of its kind."""

    def __init__(self):
        self.filters = {}

    def started(self, event):
        """Note what is looked for, and in which order."""
        collection = event.command.get(event.command_name)
        if event.command_name == "find":
            self._note(collection, event.command["filter"])
        if event.command_name == "aggregate":
            self._note(collection, event.command["pipeline"][0].get("$match", {}))

    def succeeded(self, event):
        """Say nothing."""

    def failed(self, event):
        """Say nothing."""

    def _note(self, collection, wanted):
        if collection in READ:
            self.filters[collection, tuple(sorted(wanted))] = wanted


@pytest.fixture
def asked(monkeypatch):
    """Listen to whoever connects from now on."""
    listener = Asked()
    heard = functools.partial(pymongo.MongoClient, event_listeners=[listener])
    monkeypatch.setattr(connection, "MongoClient", heard)
    return listener


@pytest.fixture
def handler(monkeypatch):
    """Give a way to run the handler over a database; Evidently is told elsewhere."""

    def not_drawn(*_arguments):
        message = "not in this test"
        raise NotDrawn(message)

    objects = FakeObjects()
    publish(objects)
    monkeypatch.setattr("drift_report.parts.draw", not_drawn)

    def run(stores, event):
        found = parts(stores, objects)
        monkeypatch.setattr(app, "here", lambda: found)
        return app.handler(event)

    return run


def test_every_question_of_a_report_is_bounded_by_an_index(mongodb_uri, database, asked, handler):
    """Due windows and asked ones, before anything has settled and after, with late actuals."""
    listened = connection.connect(mongodb_uri).client[database.name]
    stores = real_stores(listened)
    log(stores, label=False)
    stores.rejections.add([rejection()], MIDNIGHT + HOUR)
    handler(stores, {"windows": "day"})
    attach(stores, {f"p{place}": 10.0 for place in range(0, 600, 2)})
    stores.hours.touch([(VERSION, MIDNIGHT + timedelta(days=6))], stores.clock())
    handler(stores, {"windows": "hour"})
    handler(stores, ONE_WEEK)
    assert stores.reports.summaries(60)
    assert stores.reports.newest(2, before=stores.clock())
    assert list(stores.reports.numbers(2))
    assert len(asked.filters) > 8
    scanned = [
        (collection, fields)
        for (collection, fields), wanted in asked.filters.items()
        if "_id" not in wanted and "IXSCAN" not in stages(database[collection].find(wanted).explain())
    ]
    assert scanned == []
    listened.client.close()


def stages(explained):
    """Name what a query goes through."""
    plan, found = explained["queryPlanner"]["winningPlan"], []
    while plan:
        found.append(plan.get("stage"))
        plan = plan.get("inputStage")
    return found
