"""A ride-duration Lambda as a competent person first writes it: what `benchmarks/cold_start.py` measures ours against.

The model is loaded and the clients are made at import, once a cold start. MongoDB gets each prediction before its
answer; no queue, no checks of what is asked beyond what the code happens to need.
"""

import json
import os
import pickle
import uuid
from datetime import UTC, datetime
from typing import Any

import boto3
import pandas as pd
from pymongo import MongoClient

stored = boto3.client("s3").get_object(Bucket=os.environ["BUCKET"], Key=os.environ["MODEL_KEY"])
model = pickle.loads(stored["Body"].read())  # noqa: S301 - what is compared: ours never loads a pickle
predictions = MongoClient[dict[str, Any]](os.environ["MONGODB_URI"])["naive"]["predictions"]


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one ride."""
    ride = json.loads(event["body"])
    minutes = float(model.predict(_features(ride))[0])
    prediction = {"_id": str(uuid.uuid4()), "ride": ride, "minutes": minutes, "predicted_at": datetime.now(UTC)}
    predictions.insert_one(prediction)
    return {"statusCode": 200, "body": json.dumps({"prediction_id": prediction["_id"], "duration_minutes": minutes})}


def _features(ride: dict[str, Any]) -> pd.DataFrame:
    rides = pd.DataFrame([ride])
    pickup = pd.to_datetime(rides["pickup_time"])
    return pd.DataFrame(
        {
            "pickup_zone": rides["pickup_zone"],
            "dropoff_zone": rides["dropoff_zone"],
            "distance": rides["distance"],
            "hour": pickup.dt.hour,
            "weekday": pickup.dt.weekday,
        }
    )
