"""A running stack as tests look at it: waiting, counting, reading."""

import gzip
import json
import re
import time
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime

from adapters.mongodb.connection import connect
from adapters.objects import Objects
from ridewatch.training.publishing import publish
from ridewatch.training.train import train

SAMPLE = re.compile(r"^(?P<name>\w+)(?:\{(?P<labels>.*)\})? (?P<value>\S+)$", re.MULTILINE)


def eventually(condition, seconds=60):
    """Poll until a condition holds, and give what it gave."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"still not so after {seconds} s: {condition.__name__}"
        time.sleep(0.2)
    return found


@contextmanager
def listening(client, topic, name):
    """Put a queue of that name on a topic while it is looked at; give a way to take what has come, as JSON."""
    sqs, sns = client("sqs"), client("sns")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, ReturnSubscriptionArn=True)
    try:
        yield lambda: [json.loads(one["Body"]) for one in sqs.receive_message(QueueUrl=url).get("Messages", ())]
    finally:
        sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
        sqs.delete_queue(QueueUrl=url)


def taught(stack, rides):
    """Train on rides and make the model the champion."""
    trained = train(rides, ("test",), datetime.now(UTC))
    publish(trained, stack)
    return trained.card


def database(stack):
    """Give the stack's MongoDB."""
    return connect(stack.mongodb_uri)


def metric(stack, name, **labels):
    """Sum a metric over the series that have these labels; None where there is none."""
    with urllib.request.urlopen(stack.metrics_url, timeout=10) as answer:  # noqa: S310 - our own address
        text = answer.read().decode()
    wanted = {f'{label}="{value}"' for label, value in labels.items()}
    values = [
        float(sample["value"])
        for sample in SAMPLE.finditer(text)
        if sample["name"] == name and wanted <= set((sample["labels"] or "").split(","))
    ]
    return sum(values) if values else None


def archived(stack, kind):
    """Give every event of a kind in S3, as often as it is there."""
    objects = Objects(stack.client("s3"), stack.bucket)
    bodies = [gzip.decompress(objects.get(key)).decode() for key in objects.list(f"events/kind={kind}/")]
    return [json.loads(line) for lines in bodies for line in lines.splitlines()]
