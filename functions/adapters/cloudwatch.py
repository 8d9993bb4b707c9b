"""What AWS itself counts of functions: a crash, a timeout or a throttled call leaves no trace anywhere else."""

from collections.abc import Sequence
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


def _pairs(functions: Sequence[str]) -> list[tuple[str, str]]:
    return [(function, name) for function in functions for name in COUNTED]


def _query(place: int, name: str, function: str) -> dict[str, Any]:
    metric = {
        "Namespace": "AWS/Lambda",
        "MetricName": name,
        "Dimensions": [{"Name": "FunctionName", "Value": function}],
    }
    return {"Id": f"m{place}", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}
