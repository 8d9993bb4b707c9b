"""How much waits: messages in a queue, batches in `spill/`; and which model versions there are."""

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from adapters.aws import translated

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

MAX_SPILL_PAGES = 5
"""Counting stops at 5,000 objects: a depth beyond that is an alarm, not a number."""


class QueueDepth(NamedTuple):
    """Messages of a queue, as SQS estimates them."""

    visible: int
    in_flight: int
    delayed: int


class Spill(NamedTuple):
    """What waits in `spill/`: objects, counted no further than MAX_SPILL_PAGES, and since when."""

    objects: int
    oldest: datetime | None


def queue_depth(client: "SQSClient", url: str) -> QueueDepth:
    """Ask SQS how many messages wait. Raises StoreUnavailable."""
    with translated(f"queue {url}"):
        told = client.get_queue_attributes(
            QueueUrl=url,
            AttributeNames=[
                "ApproximateNumberOfMessages",
                "ApproximateNumberOfMessagesNotVisible",
                "ApproximateNumberOfMessagesDelayed",
            ],
        )["Attributes"]
    return QueueDepth(
        visible=int(told["ApproximateNumberOfMessages"]),
        in_flight=int(told["ApproximateNumberOfMessagesNotVisible"]),
        delayed=int(told.get("ApproximateNumberOfMessagesDelayed", 0)),
    )


def spill(client: "S3Client", bucket: str) -> Spill:
    """Count what waits in `spill/`. Raises StoreUnavailable."""
    with translated(f"s3://{bucket}/spill/"):
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="spill/")
        found = [entry["LastModified"] for page in islice(pages, MAX_SPILL_PAGES) for entry in page.get("Contents", ())]
    return Spill(len(found), min(found, default=None))


def model_versions(client: "S3Client", bucket: str) -> frozenset[str]:
    """List the versions that lie in `models/`. Raises StoreUnavailable."""
    with translated(f"s3://{bucket}/models/"):
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="models/", Delimiter="/")
        prefixes = [entry["Prefix"] for page in pages for entry in page.get("CommonPrefixes", ())]
    return frozenset(prefix.removeprefix("models/").rstrip("/") for prefix in prefixes)
