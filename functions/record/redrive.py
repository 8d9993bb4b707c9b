"""The hourly rule: what was spilled goes back to the queue."""

import os
from typing import Any

from aws_lambda_powertools import Logger

from adapters.aws import client
from adapters.objects import Objects
from adapters.queue import EventQueue
from adapters.redrive import redrive_spill
from record.settings import RedriveSettings


def handler(_event: dict[str, Any], _context: object = None) -> dict[str, int]:
    """Put spilled messages back; what the queue does not acknowledge stays for the next hour."""
    settings = RedriveSettings.of(os.environ)
    objects = Objects(client("s3"), settings.bucket)
    spilled = redrive_spill(objects, EventQueue(client("sqs"), settings.queue_url, objects))
    Logger().info("spill redriven", spilled=spilled)
    return {"spilled": spilled}
