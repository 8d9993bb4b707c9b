"""What this process tells of itself: events to the queue, logs and metrics. It never fails a call."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from adapters.queue import Delivery, EventQueue
from contracts.events import FieldProblem, Prediction
from predict.outcome import Event

logger = Logger(service="predict")
metrics = Metrics(namespace="Ridewatch", service="predict")

COUNTS = {"prediction": "Predictions", "actual": "Actuals", "rejection": "Rejections"}


def tell_events(events: Sequence[Event], queue: EventQueue, now: datetime) -> None:
    """Send events on their way, and log their ids."""
    delivery = queue.send(events, now)
    for kind, count in Counter(event.kind for event in events).items():
        metrics.add_metric(COUNTS[kind], MetricUnit.Count, count)
    logger.info("answered", extra=_ids(events) | {"messages": delivery.queued})
    if delivery.problem:
        _tell_problem(delivery)


def _ids(events: Sequence[Event]) -> dict[str, Any]:
    """Give prediction and actual ids with their rides'; a rejection has no ride, its problems are told."""
    told: dict[str, Any] = {}
    for event in events:
        if event.kind == "prediction":
            told.setdefault("predictions", {})[event.prediction_id] = event.ride.ride_id
        elif event.kind == "actual":
            told.setdefault("actuals", {})[event.actual_id] = event.ride_id
        else:
            told.setdefault("rejections", {})[event.rejection_id] = " ".join(map(_problem, event.problems))
    return told


def _problem(problem: FieldProblem) -> str:
    """Name the field and the reason; a field that we do not know is the caller's own word, and payload."""
    return problem.reason if problem.reason == "extra_forbidden" else f"{problem.field}:{problem.reason}"


def _tell_problem(delivery: Delivery) -> None:
    metrics.add_metric("MessagesSpilled", MetricUnit.Count, delivery.spilled)
    logger.warning("the queue refused events", problem=delivery.problem, spilled=delivery.spilled)
    for body in delivery.unsent:
        _tell_unsent(body)


def _tell_unsent(body: str) -> None:
    """Put events into the log in full, a line each: the log is the last place that can keep them."""
    events = json.loads(body)["events"]
    metrics.add_metric("EventsUnsent", MetricUnit.Count, len(events))
    for event in events:
        logger.error("event unsent", event=event)


def tell_latency(events: Sequence[Event]) -> None:
    """Count the time of the first prediction, which all of one call share."""
    for event in events[:1]:
        if isinstance(event, Prediction):
            metrics.add_metric("Latency", MetricUnit.Milliseconds, event.latency_ms)


def tell_champion(problem: str, version: str | None) -> None:
    """Log a change of the model in charge, or of what keeps it from changing."""
    if problem:
        metrics.add_metric("ChampionProblems", MetricUnit.Count, 1)
        logger.error("champion", problem=problem, serving=version)
    else:
        logger.info("champion", serving=version)
