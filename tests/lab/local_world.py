"""What the functions find when `sam local` runs them: LocalStack's stores, secrets, a MongoDB, a model in charge."""

import json
import pathlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from adapters.models import described
from ridewatch.sources.load import load
from ridewatch.training.publishing import publish
from ridewatch.training.train import Trained, train
from tests.lab.aws import Stores, client, secrets, stores
from tests.lab.mongodb import MongoDB, mongodb

RIDES = "simulated?start=2019-01-07&days=14&rows=600"
CHAMPION = "20190301-hgb"
VERSIONS = ("20190301T000000-abc123", CHAMPION)
"""The model versions that the files in events/ name; the last is in charge."""
API_KEY = "put-the-api-key-here"
"""As events/reports.json shows it."""


@dataclass(frozen=True)
class World:
    """What was made, and the file that tells the functions of it."""

    mongo: MongoDB
    aws: Stores
    env_vars: pathlib.Path

    def sent(self) -> list[dict[str, object]]:
        """Take what waits in the queue; give its events."""
        sqs = client("sqs")
        found: list[dict[str, object]] = []
        while messages := sqs.receive_message(QueueUrl=self.aws.queue_url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                sqs.delete_message(QueueUrl=self.aws.queue_url, ReceiptHandle=message["ReceiptHandle"])
                found += json.loads(message["Body"])["events"]
        return found

    def keys(self, prefix: str) -> list[str]:
        """List what lies in the bucket."""
        listed = client("s3").list_objects_v2(Bucket=self.aws.bucket, Prefix=prefix)
        return [entry["Key"] for entry in listed.get("Contents", ())]


@contextmanager
def world(folder: pathlib.Path) -> Iterator[World]:
    """Make all of it, and remove it at the end."""
    name = f"sam-local-{uuid.uuid4().hex[:8]}"
    with mongodb() as mongo, stores(name) as aws:
        values = {f"{name}/mongodb": mongo.inside, f"{name}/api-key": API_KEY, f"{name}/signing": "signing-key"}
        with secrets(**values) as names:
            _publish(aws)
            try:
                yield World(mongo, aws, _written(folder, aws, list(names)))
            finally:
                client("ssm").delete_parameter(Name=aws.champion_parameter)


def _publish(aws: Stores) -> None:
    trained = train(load(RIDES), (RIDES,), datetime.now(UTC))
    for version in VERSIONS:
        publish(_named(trained, version), aws)  # type: ignore[arg-type]


def _named(trained: Trained, version: str) -> Trained:
    artifacts = {name: described(version, name, body) for name, body in trained.artifacts.items()}
    return replace(trained, card=trained.card.model_copy(update={"version": version, "artifacts": artifacts}))


def _written(folder: pathlib.Path, aws: Stores, names: list[str]) -> pathlib.Path:
    mongodb_secret, api_key_secret, signing_secret = names
    told = {
        "BUCKET": aws.bucket,
        "QUEUE_URL": aws.queue_url,
        "DLQ_URL": aws.dlq_url,
        "CHAMPION_PARAMETER": aws.champion_parameter,
        "MONGODB_SECRET": mongodb_secret,
        "API_KEY_SECRET": api_key_secret,
        "SIGNING_SECRET": signing_secret,
    }
    path = folder / "env.json"
    path.write_text(json.dumps({"Parameters": told}))
    return path
