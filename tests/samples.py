"""Sample events, as small as they can be; every test says only what matters to it."""

import json
from datetime import UTC, datetime

from contracts.events import Actual, KnownRide, Prediction, Rejection

NOON = datetime(2019, 3, 1, 12, 0, tzinfo=UTC)
PICKUP = datetime(2019, 3, 1, 11, 40, tzinfo=UTC)
MODEL = "20190301-hgb"


def prediction(prediction_id: str = "p1", ride_id: str = "r1", pickup: datetime = PICKUP, **changes) -> Prediction:
    """One answer of 12.5 minutes."""
    ride = KnownRide(ride_id=ride_id, pickup_zone=10, dropoff_zone=50, distance=4.5, pickup_time=pickup)
    fields = {
        "prediction_id": prediction_id,
        "ride": ride,
        "features": {"pickup_zone": "10", "distance": 4.5, "hour": 6, "passengers": None},
        "minutes": 12.5,
        "model_version": MODEL,
        "flags": ("same_zone",),
        "predicted_at": NOON,
        "latency_ms": 3.25,
    }
    return Prediction(**fields | changes)


def actual(actual_id: str = "a1", ride_id: str = "r1", minutes: float | None = 15.0, **changes) -> Actual:
    """One duration of 15 minutes."""
    fields = {"actual_id": actual_id, "ride_id": ride_id, "duration_minutes": minutes, "received_at": NOON}
    return Actual(**fields | changes)


def rejection(rejection_id: str = "x1", **changes) -> Rejection:
    """One request without a pickup zone."""
    problems = ({"field": "pickup_zone", "reason": "missing", "message": "Field required"},)
    fields = {"rejection_id": rejection_id, "route": "/predict", "problems": problems, "received_at": NOON}
    return Rejection(**fields | changes)


def sqs_event(*bodies: str) -> dict:
    """Lay out message bodies as the event that SQS hands to a function; ids are m0, m1, ..."""
    records = [{"messageId": f"m{place}", "body": body, "eventSource": "aws:sqs"} for place, body in enumerate(bodies)]
    return {"Records": records}


def body(*events) -> str:
    """Lay out events as the body of one message; what is no event is put in as it is."""
    parts = [event.model_dump(mode="json") if hasattr(event, "model_dump") else event for event in events]
    return json.dumps({"schema_version": 1, "events": parts})
