"""LocalStack as the checks use it: clients, and an AWS that has what a stack would have."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from localstack_client.session import Session  # type: ignore[import-untyped]


def client(service: str) -> Any:
    """Make a client of the LocalStack that AWS_ENDPOINT_URL names."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
    return Session().client(service, endpoint_url=endpoint)


@dataclass(frozen=True)
class Stores:
    """What a check needs of AWS, made without a template; as much of a stack as publishing a model needs."""

    bucket: str
    queue_url: str
    dlq_url: str
    champion_parameter: str

    def client(self, service: str) -> Any:
        """Make a client."""
        return client(service)


@contextmanager
def stores(name: str) -> Iterator[Stores]:
    """Make a bucket and two queues, and delete them at the end with all that is in them."""
    s3, sqs = client("s3"), client("sqs")
    s3.create_bucket(Bucket=name)
    queues = [sqs.create_queue(QueueName=queue)["QueueUrl"] for queue in (name, f"{name}-dlq")]
    try:
        yield Stores(name, queues[0], queues[1], f"/{name}/champion")
    finally:
        for queue in queues:
            sqs.delete_queue(QueueUrl=queue)
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name):
            for entry in page.get("Contents", ()):
                s3.delete_object(Bucket=name, Key=entry["Key"])
        s3.delete_bucket(Bucket=name)


@contextmanager
def secrets(**values: str) -> Iterator[dict[str, str]]:
    """Keep secrets for as long as a check runs."""
    manager = client("secretsmanager")
    names = {name: manager.create_secret(Name=name, SecretString=value)["Name"] for name, value in values.items()}
    try:
        yield names
    finally:
        for name in names:
            manager.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
