"""Every path that a function can take to an AWS call, walked by its own handler."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import drift_report.app
import predict.app
import predict.parts
import record.app
import record.redrive
import reports.app
from adapters.secrets import Secrets
from contracts.joining import HourMark
from tests.calls import Context, call
from tests.report_site import HTML, request
from tests.reporting import MIDNIGHT, ONE_WEEK, log, publish
from tests.sample_reports import march
from tests.samples import actual, body, prediction, rejection, sqs_event
from tests.security.account import Account
from tests.stores import real_stores

RIDE = {"pickup_zone": 10, "dropoff_zone": 50, "distance": 4.0}
Handler = Callable[..., dict[str, Any]]


def predicts(account: Account) -> None:
    """Answer with no champion, with a missing one, with one, take an actual, and spill when the queue is gone."""
    for prepare in (lambda: None, lambda: account.name_champion("gone"), account.publish):
        prepare()
        predict.parts.here.cache_clear()
        predict.app.handler(call("POST", "/predict", RIDE), Context())
    assert predict.app.handler(call("POST", "/predict", RIDE), Context())["statusCode"] == 200
    predict.app.handler(call("POST", "/actuals", {"ride_id": "r", "duration_minutes": 5}), Context())
    account.session.client("sqs").delete_queue(QueueUrl=account.names["EventsQueue"])
    assert predict.app.handler(call("POST", "/predict", RIDE), Context())["statusCode"] == 200
    assert list(account.objects.list("spill/"))


def records(_account: Account) -> None:
    """Record every kind of event, and bury a message that nobody can read."""
    events = body(prediction(), actual(), rejection())
    assert record.app.handler(sqs_event(events, "poison")) == {"batchItemFailures": []}


def redrives(account: Account) -> None:
    """Put a spilled message back."""
    account.objects.put("spill/2026-11-24/1.json", body(actual()).encode())
    assert record.redrive.handler({}) == {"spilled": 1}


def draws_reports(account: Account) -> None:
    """Send the test alert, report a week, drawn by Evidently, and fail to report one of a model that is gone."""
    assert drift_report.app.handler({"windows": "day"})["reports"] == []
    publish(account.objects)
    stores = real_stores(account.database)
    log(stores, count=60)
    stores.hours.touch([HourMark("gone", MIDNIGHT)], stores.clock())
    (made,) = drift_report.app.handler(ONE_WEEK)["reports"]
    assert made["status"] == "complete"
    with pytest.raises(drift_report.app.ReportsFailed, match="NoSuchKey"):
        drift_report.app.handler(ONE_WEEK | {"model_version": "gone"})


def shows_reports(account: Account) -> None:
    """Show the list, a report, and the way to Evidently's file."""
    real_stores(account.database).reports.save(march())
    key = Secrets(account.session.client("secretsmanager")).read(account.names["ApiKeySecret"])
    one = f"/reports/{march().report_id}"
    for path, status in (("/reports", 200), ("/reports.csv", 200), (one, 200), (f"{one}/evidently", 302)):
        answer = reports.app.handler(request(path, Accept=HTML, x_api_key=key), None)
        assert answer["statusCode"] == status, json.dumps(answer)[:500]


PATHS = {
    "PredictFunction": predicts,
    "RecordFunction": records,
    "RedriveFunction": redrives,
    "DriftReportFunction": draws_reports,
    "ReportsFunction": shows_reports,
}
