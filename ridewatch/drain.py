"""Waits until every event that was sent has been recorded."""

import time

from adapters.objects import Objects
from adapters.queue import EventQueue
from adapters.redrive import redrive_spill
from ridewatch.embedded.state import Stack

WAITING = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]
PAUSE_SECONDS = 0.2


class NotDrained(Exception):
    """Events were still in the queue at the deadline."""


def await_recorded(stack: Stack, seconds: float) -> None:
    """Put back what was spilled, as the hourly rule would, and poll the queue until it is empty. Raises NotDrained."""
    _put_back_spill(stack)
    deadline = time.monotonic() + seconds
    while messages := _messages(stack):
        if time.monotonic() > deadline:
            message = f"{messages} messages are still in the queue after {seconds:.0f} s: see `ridewatch status`"
            raise NotDrained(message)
        time.sleep(PAUSE_SECONDS)


def _put_back_spill(stack: Stack) -> None:
    objects = Objects(stack.client("s3"), stack.bucket)
    redrive_spill(objects, EventQueue(stack.client("sqs"), stack.queue_url, objects))


def _messages(stack: Stack) -> int:
    answer = stack.client("sqs").get_queue_attributes(QueueUrl=stack.queue_url, AttributeNames=WAITING)
    return sum(int(count) for count in answer["Attributes"].values())
