"""Every function with every event: what must hold afterwards."""

import json
from collections.abc import Callable
from typing import Any

from tests.lab.local_world import CHAMPION, VERSIONS, World
from tests.lab.sam import EVENTS, SamLocal

DAY = f"20190301T0500-20190302T0500-{CHAMPION}"
"""The report of the day of events/record.json, which events/report.json asks for."""

Holds = Callable[[SamLocal, World, str], None]


def _body(answer: Any, status: int = 200) -> Any:
    assert answer["statusCode"] == status, answer
    return json.loads(answer["body"])


def _predict(sam: SamLocal, world: World, event: str) -> None:
    told = _body(sam.invoke("PredictFunction", event))
    assert (told["served_by"], told["model_version"]) == ("champion", CHAMPION), told
    assert [sent["kind"] for sent in world.sent()] == ["prediction"]


def _predict_many(sam: SamLocal, world: World, event: str) -> None:
    told = _body(sam.invoke("PredictFunction", event))
    assert len(told["predictions"]) == 3, told
    assert sorted(str(sent["kind"]) for sent in world.sent()) == ["prediction", "prediction", "rejection"]


def _actuals(sam: SamLocal, world: World, event: str) -> None:
    _body(sam.invoke("PredictFunction", event))
    assert "actual" in {sent["kind"] for sent in world.sent()}


def _health(sam: SamLocal, _: World, event: str) -> None:
    assert CHAMPION in json.dumps(_body(sam.invoke("PredictFunction", event)))


def _record(sam: SamLocal, world: World, event: str) -> None:
    assert sam.invoke("RecordFunction", event) == {"batchItemFailures": []}
    assert world.mongo.database["predictions"].count_documents({}) == 1
    assert len(world.keys("events/kind=prediction/dt=2019-03-01/")) == 1


def _redrive(sam: SamLocal, world: World, event: str) -> None:
    body = json.loads((EVENTS / "record.json").read_text())["Records"][0]["body"]
    world.aws.client("s3").put_object(Bucket=world.aws.bucket, Key="spill/2019-03-01.json", Body=body.encode())
    assert sam.invoke("RedriveFunction", event) == {"spilled": 1}
    assert world.keys("spill/") == []
    assert len(world.sent()) == 3


def _reported(*expected: tuple[str, str]) -> Holds:
    """Expect reports of these ids and statuses."""

    def holds(sam: SamLocal, _: World, event: str) -> None:
        told = sam.invoke("DriftReportFunction", event)
        assert [(report["report_id"], report["status"]) for report in told["reports"]] == list(expected), told

    return holds


def _reports(sam: SamLocal, _: World, event: str) -> None:
    answer = sam.invoke("ReportsFunction", event)
    assert answer["statusCode"] == 200, answer
    assert DAY in answer["body"]


def _report(sam: SamLocal, _: World, event: str) -> None:
    assert _body(sam.invoke("ReportsFunction", event))["report_id"] == DAY


INVOCATIONS: tuple[tuple[str, str, Holds], ...] = (
    ("PredictFunction", "predict.json", _predict),
    ("PredictFunction", "predict_many.json", _predict_many),
    ("PredictFunction", "actuals.json", _actuals),
    ("PredictFunction", "health.json", _health),
    ("RecordFunction", "record.json", _record),
    ("RedriveFunction", "redrive.json", _redrive),
    (
        "DriftReportFunction",
        "drift_report_hourly.json",
        _reported((f"20190301T1100-20190301T1200-{CHAMPION}", "too_few")),
    ),
    ("DriftReportFunction", "drift_report_daily.json", _reported((DAY, "too_few"))),
    ("DriftReportFunction", "drift_report_scheduled.json", _reported()),
    (
        "DriftReportFunction",
        "drift_report_window.json",
        _reported((f"20190301T0500-20190401T0400-{VERSIONS[0]}", "too_few")),
    ),
    ("ReportsFunction", "reports.json", _reports),
    ("ReportsFunction", "report.json", _report),
)
"""In the order of a day: what one leaves, a later one finds."""
