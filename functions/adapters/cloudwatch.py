"""What AWS alone knows: crashes, timeouts and throttled calls leave no trace elsewhere, no queue tells its age."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from adapters.aws import translated

PERIOD = timedelta(minutes=5)
LAG = timedelta(minutes=2)
"""CloudWatch tells of a minute some time after it."""
COUNTED = ("Invocations", "Errors", "Throttles")


class Calls(NamedTuple):
    """Calls of a function in five minutes."""

    invocations: int
    errors: int
    throttles: int


def calls(client: Any, functions: Sequence[str], now: datetime) -> dict[str, Calls]:
    """Count the calls of functions in the last five minutes that CloudWatch knows. Raises StoreUnavailable."""
    end = now - LAG
    queries = [_query(place, name, function) for place, (function, name) in enumerate(_pairs(functions))]
    with translated("CloudWatch"):
        answer = client.get_metric_data(MetricDataQueries=queries, StartTime=end - PERIOD, EndTime=end)
    sums = {result["Id"]: int(sum(result["Values"])) for result in answer["MetricDataResults"]}
    counts = [sums.get(f"m{place}", 0) for place in range(len(queries))]
    return {
        function: Calls(*counts[place * len(COUNTED) : (place + 1) * len(COUNTED)])
        for place, function in enumerate(functions)
    }


def oldest_seconds(client: Any, queues: Mapping[str, str], now: datetime) -> dict[str, float]:
    """Give the age of the oldest message of queues, whose names in SQS are given by ours, where CloudWatch knows it.

    Raises StoreUnavailable.
    """
    end = now - LAG
    queries = [_age_query(place, queue) for place, queue in enumerate(queues.values())]
    with translated("CloudWatch"):
        answer = client.get_metric_data(MetricDataQueries=queries, StartTime=end - PERIOD, EndTime=end)
    newest = {result["Id"]: result["Values"][0] for result in answer["MetricDataResults"] if result["Values"]}
    return {name: newest[f"q{place}"] for place, name in enumerate(queues) if f"q{place}" in newest}


def _pairs(functions: Sequence[str]) -> list[tuple[str, str]]:
    return [(function, name) for function in functions for name in COUNTED]


def _query(place: int, name: str, function: str) -> dict[str, Any]:
    metric = _metric("AWS/Lambda", name, "FunctionName", function)
    return {"Id": f"m{place}", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}


def _age_query(place: int, queue: str) -> dict[str, Any]:
    metric = _metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue)
    return {"Id": f"q{place}", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Maximum"}}


def _metric(namespace: str, name: str, dimension: str, value: str) -> dict[str, Any]:
    return {"Namespace": namespace, "MetricName": name, "Dimensions": [{"Name": dimension, "Value": value}]}
